import type { TextKey } from '../../lib/extension/text.ts'

const MORNING = 8
const EVENING = 18

function at(day: Date, plusDays: number, hour: number): number {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + plusDays, hour).getTime() / 1000
}

/** Usual times of this computer's calendar; an hour that has nearly come is left out. */
export function timesToReturn(now: number): { words: TextKey; time: number }[] {
  const today = new Date(now * 1000)
  const toMonday = (8 - today.getDay()) % 7 || 7
  const times: { words: TextKey; time: number }[] = [
    { words: 'thisEvening', time: at(today, 0, EVENING) },
    { words: 'tomorrow', time: at(today, 1, MORNING) },
    { words: 'nextMonday', time: at(today, toMonday, MORNING) },
    { words: 'inAMonth', time: at(today, 30, MORNING) },
  ]
  return times.filter(({ time }) => time > now + 1800)
}
