/** Each day between these, minutes after this computer's midnight, nothing leaves; over midnight where `from` is later. */
export interface QuietHours {
  fromMinute: number
  toMinute: number
}

function minuteOf(date: Date): number {
  return date.getHours() * 60 + date.getMinutes()
}

function isWithin({ fromMinute, toMinute }: QuietHours, minute: number): boolean {
  if (fromMinute <= toMinute) return minute >= fromMinute && minute < toMinute
  return minute >= fromMinute || minute < toMinute
}

/** When they end, if it is quiet now. */
export function quietUntilMs(quiet: QuietHours | undefined, nowMs: number): number | undefined {
  const now = new Date(nowMs)
  if (!quiet || !isWithin(quiet, minuteOf(now))) return undefined
  const end = new Date(nowMs)
  end.setHours(Math.floor(quiet.toMinute / 60), quiet.toMinute % 60, 0, 0)
  if (end <= now) end.setDate(end.getDate() + 1)
  return end.getTime()
}
