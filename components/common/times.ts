import { locale } from '../../lib/extension/text.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const held = formats.get(name) ?? new Intl.DateTimeFormat(locale(), options)
  formats.set(name, held)
  return held
}

function dateOf(time: number): Date {
  return new Date(time * 1000)
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000)
}

/** Local calendar days since the epoch, so that "yesterday" is the day before today and not 24 hours ago. */
export function dayOf(time: number): number {
  const date = dateOf(time)
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000)
}

/** "10:42" */
export function clockText(time: number): string {
  return format('clock', { timeStyle: 'short' }).format(dateOf(time))
}

/** "10:42:07" */
export function secondText(time: number): string {
  return format('second', { timeStyle: 'medium' }).format(dateOf(time))
}

/** "12 November 2026" */
export function dayText(time: number): string {
  return format('day', { dateStyle: 'long' }).format(dateOf(time))
}

/** "12 November 2026 at 10:42" */
export function wholeText(time: number): string {
  return format('whole', { dateStyle: 'long', timeStyle: 'short' }).format(dateOf(time))
}

/** "12 November 2026 at 10:42:07 GMT+1", for what leaves this computer. */
export function zonedText(time: number): string {
  return format('zoned', { dateStyle: 'long', timeStyle: 'long' }).format(dateOf(time))
}

/** As short as it can be and still be right: "10:42", "Yesterday", "3 Nov", "3 Nov 2025". */
export function shortText(time: number, now: number): string {
  const days = dayOf(now) - dayOf(time)
  if (days === 0) return clockText(time)
  if (days === 1) return yesterday()
  const isThisYear = dateOf(time).getFullYear() === dateOf(now).getFullYear()
  if (isThisYear) return format('date', { day: 'numeric', month: 'short' }).format(dateOf(time))
  return format('dateYear', { day: 'numeric', month: 'short', year: 'numeric' }).format(dateOf(time))
}

let wordYesterday: string | undefined

function yesterday(): string {
  if (wordYesterday === undefined) {
    const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(-1, 'day')
    wordYesterday = words.charAt(0).toLocaleUpperCase() + words.slice(1)
  }
  return wordYesterday
}

export function isoText(time: number): string {
  return dateOf(time).toISOString()
}
