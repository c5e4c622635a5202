export type Activity = 'in-use' | 'idle' | 'away'

const IDLE_SECONDS = 5 * 60
const LONGEST_WAIT = 15 * 60
/** A site may ask for more patience than that, but not for ever. */
const LONGEST_RETRY_AFTER = 3600
const SLOW_ROUND_SECONDS = 5 * 60

/** Between 0.85 and 1.15 times, so that a school's browsers do not all ask at the same second. */
export function jittered(seconds: number, random: () => number): number {
  return seconds * (0.85 + 0.3 * random())
}

/** 1, 2, 4, 8, then 15 minutes; or what the site asks for, if that is longer. */
export function backoffSeconds(failures: number, retryAfter = 0): number {
  return Math.max(
    Math.min(retryAfter, LONGEST_RETRY_AFTER),
    Math.min(LONGEST_WAIT, 60 * 2 ** Math.max(0, failures - 1)),
  )
}

/** Seconds until the next round; undefined: not before something changes. */
export function secondsToNextRound(ask: {
  activity: Activity
  pollSeconds: number
  failures: number
  retryAfter?: number
  random: () => number
}): number | undefined {
  if (ask.activity === 'away') return undefined
  const wait = jittered(backoffSeconds(ask.failures, ask.retryAfter), ask.random)
  if (ask.failures > 0) return Math.max(wait, Math.min(ask.retryAfter ?? 0, LONGEST_RETRY_AFTER))
  return jittered(
    ask.activity === 'in-use' ? ask.pollSeconds : Math.max(IDLE_SECONDS, ask.pollSeconds),
    ask.random,
  )
}

export function slowRoundIsDue(timeLast: number | undefined, now: number): boolean {
  return timeLast === undefined || now - timeLast >= SLOW_ROUND_SECONDS
}
