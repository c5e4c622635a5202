import { secondsToNextRound, startsOfDue } from '../../lib/sync/schedule.ts'
import { FINEST_SECONDS, POLL_SECONDS } from './load-aside.ts'
import { peak } from './load-figures.ts'
import type { Random } from './load-random.ts'

export interface Bunching {
  /** Rounds that begin within the same second, and within the same ten, at most. */
  inOneSecond: number
  inTenSeconds: number
  meanSeconds: number
}

/**
 * One browser in use with several accounts, all due when it starts: the alarm rings for the earliest, never sooner than
 * the browser allows, and every account that is due by then has its round.
 */
export function accountsTogether(
  accounts: number,
  seconds: number,
  random: Random,
  apart: boolean,
): Bunching {
  const next = Array.from({ length: accounts }, () => 0)
  const starts = new Uint32Array(seconds + 60)
  let rounds = 0
  for (let time = 0; time < seconds; time = Math.max(Math.min(...next), time + FINEST_SECONDS)) {
    const due = [...next.keys()].filter((account) => (next[account] ?? 0) <= time)
    const offsets = apart ? startsOfDue(due.length) : due.map(() => 0)
    due.forEach((account, i) => {
      const start = time + (offsets[i] ?? 0)
      const second = Math.floor(start)
      starts[second] = (starts[second] ?? 0) + 1
      rounds++
      const ask = { activity: 'in-use' as const, pollSeconds: POLL_SECONDS, failures: 0, random }
      next[account] = start + (secondsToNextRound(ask) ?? 0)
    })
  }
  return {
    inOneSecond: peak(starts, 1),
    inTenSeconds: peak(starts, 10) * 10,
    meanSeconds: (seconds * accounts) / rounds,
  }
}
