/** What date fields of the browser write: this computer's own days and hours. */

const two = (value: number) => String(value).padStart(2, '0')

/** "2026-11-12" */
export function dateInput(time: number): string {
  const date = new Date(time * 1000)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** "2026-11-12T08:00" */
export function momentInput(time: number): string {
  const date = new Date(time * 1000)
  return `${dateInput(time)}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Unix seconds of a date's first moment, or of a moment; undefined where nothing whole is written. */
export function dateOf(typed: string): number | undefined {
  const time = Date.parse(typed.length === 10 ? `${typed}T00:00` : typed)
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000)
}

/** "22:30" of minutes after midnight. */
export function clockInput(minute: number): string {
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

export function minuteOf(typed: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(typed) ?? []
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes)
}
