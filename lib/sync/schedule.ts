/** `reading`: a conversation is open before somebody's eyes. */
export type Activity = 'reading' | 'in-use' | 'idle' | 'away'

const IDLE_SECONDS = 5 * 60
const LONGEST_WAIT = 15 * 60
/** A site may ask for more patience than that, but not for ever; `rounds.ts` takes a later time for a clock put back. */
const LONGEST_RETRY_AFTER = 3600
const SLOW_ROUND_SECONDS = 5 * 60
/** Alarms are no finer than this in published extensions. */
const ALARM_SECONDS = 30

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

/**
 * Messages follow one another: soon after one came or went the next look is soon, later not.
 * Measured against Moodle's drawer by `npm run bench:load`.
 */
function readingSeconds(quietSeconds: number): number {
  return Math.min(8 + quietSeconds / 10, 18)
}

interface Use {
  activity: Activity
  pollSeconds: number
  /** Seconds since the newest message of the conversation that is being read; unknown is long ago. */
  quietSeconds?: number
}

function usualSeconds({ activity, pollSeconds, quietSeconds = Number.POSITIVE_INFINITY }: Use): number {
  if (activity === 'reading') return readingSeconds(quietSeconds)
  return activity === 'in-use' ? pollSeconds : Math.max(IDLE_SECONDS, pollSeconds)
}

/** Over so many seconds browsers come back that were set going by one event: a school's start, a site's return. */
function spreadSeconds({ activity, pollSeconds }: Use): number {
  return activity === 'idle' ? Math.max(IDLE_SECONDS, pollSeconds) : 2 * pollSeconds
}

interface Ask extends Use {
  failures: number
  retryAfter?: number
  random: () => number
}

/** Not all at the second that the site named, and none before it. */
function secondsToRetry(ask: Ask): number {
  const wait = jittered(backoffSeconds(ask.failures), ask.random)
  if (!ask.retryAfter) return wait
  const asked = ask.retryAfter + spreadSeconds(ask) * ask.random()
  return Math.min(Math.max(wait, asked), LONGEST_RETRY_AFTER)
}

/** Seconds until the next round; undefined: not before something changes. */
export function secondsToNextRound(ask: Ask): number | undefined {
  if (ask.activity === 'away') return undefined
  return ask.failures > 0 ? secondsToRetry(ask) : jittered(usualSeconds(ask), ask.random)
}

/** Seconds until the first round after the browser has started, perhaps at the same second as a whole school's. */
export function secondsToFirstRound(ask: Use & { random: () => number }): number | undefined {
  return ask.activity === 'away' ? undefined : ALARM_SECONDS + spreadSeconds(ask) * ask.random()
}

/** Seconds after an alarm at which each account that is due begins; all before the browser stops an idle worker. */
export function startsOfDue(count: number): number[] {
  const apart = Math.min(2, 20 / Math.max(1, count))
  return Array.from({ length: count }, (_, i) => i * apart)
}

export function slowRoundIsDue(timeLast: number | undefined, now: number): boolean {
  return timeLast === undefined || now - timeLast >= SLOW_ROUND_SECONDS
}
