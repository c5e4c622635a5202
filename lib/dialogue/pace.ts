/** How fast a site takes a rule's messages: never more than it bears. */
export interface Pace {
  /** Messages in one request. */
  chunk: number
  msPerMessage?: number
}

export const LARGEST_CHUNK = 25
/** Browsers stop a worker that waits much longer for an answer. */
const LONGEST_CALL_MS = 8000

export const FIRST_PACE: Pace = { chunk: LARGEST_CHUNK }

/**
 * After an answer: as many as fit in the longest call, growing by half at most. One that took about as long as those before
 * it says nothing new, and leaves nothing to be written.
 */
export function afterAnswer(
  { chunk, msPerMessage: before = 0 }: Pace,
  messages: number,
  tookMs: number,
): Pace {
  const now = Math.max(1, tookMs / messages)
  const fitting = Math.floor(LONGEST_CALL_MS / now)
  const msPerMessage = Math.abs(now - before) <= before / 5 ? before : now
  return { chunk: within(Math.min(fitting, Math.ceil(chunk * 1.5))), msPerMessage }
}

/** After none: half as many. */
export function afterSilence(pace: Pace): Pace {
  return { ...pace, chunk: within(Math.floor(pace.chunk / 2)) }
}

export function secondsFor(pace: Pace, messages: number): number | undefined {
  return pace.msPerMessage === undefined ? undefined : Math.ceil((pace.msPerMessage * messages) / 1000)
}

function within(chunk: number): number {
  return Math.max(1, Math.min(LARGEST_CHUNK, chunk))
}
