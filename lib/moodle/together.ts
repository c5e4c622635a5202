import type { MoodleClient } from './client.ts'
import type { TransportKind } from './define.ts'
import { type MoodleError, moodleError, moodleErrorOf } from './errors.ts'
import type { NameOver, Params, Returns } from './function-map.ts'
import type { MoodleFunctions } from './moodle-functions.ts'
import { maxCallsPerRequest } from './quirks.ts'
import { mayHaveHappened } from './verdicts.ts'

/** What became of one call of a batch. */
export type BatchOutcome<T = unknown> =
  | { readonly state: 'done'; readonly value: T }
  /** Moodle or this client said no, and surely nothing was stored. */
  | { readonly state: 'refused'; readonly error: MoodleError }
  /** An earlier call failed, and Moodle stopped there. */
  | { readonly state: 'not-attempted'; readonly error: MoodleError }
  /** It may have been stored: look before sending it again. */
  | { readonly state: 'unknown'; readonly error: MoodleError }

export interface Batch<K extends TransportKind, Names extends keyof MoodleFunctions> {
  /** Takes a call in; its outcome comes with `send`, and is never a rejection. */
  add<N extends NameOver<K, Names>>(name: N, params: Params<N>): Promise<BatchOutcome<Returns<N>>>
  /** Sends everything that was added, in order, and ends with the outcomes in that order. Once. */
  send(options?: { readonly signal?: AbortSignal; readonly timeoutMs?: number }): Promise<BatchOutcome[]>
}

interface Waiting {
  readonly name: string
  readonly leave: (together: object, options: object) => Promise<unknown>
  readonly settle: (outcome: BatchOutcome) => void
}

/**
 * Several writes in one request, on request: by itself a client sends each write alone. Moodle does them in order,
 * each for itself (there is no transaction), and stops at the first that fails. More than 50 travel in several
 * requests, and after one with a failure the rest is not attempted.
 */
export function createBatch<K extends TransportKind, Names extends keyof MoodleFunctions>(
  client: MoodleClient<K, Names>,
): Batch<K, Names> {
  const waiting: Waiting[] = []
  const names = new Set<Names>()
  return {
    add(name, params) {
      names.add(name)
      return new Promise((resolve) => {
        waiting.push({
          name: String(name),
          leave: (together, options) => client.call(name, params, { ...options, together }),
          settle: resolve as (outcome: BatchOutcome) => void,
        })
      })
    },
    // What still has to be loaded would leave later than the rest, in a request of its own.
    send: async (options = {}) => {
      await client.prepare(...names)
      return sendAll(waiting.splice(0), options)
    },
  }
}

async function sendAll(all: readonly Waiting[], options: object): Promise<BatchOutcome[]> {
  const outcomes: BatchOutcome[] = []
  let failed: string | undefined
  for (let at = 0; at < all.length; at += maxCallsPerRequest) {
    const some = all.slice(at, at + maxCallsPerRequest)
    const now = failed === undefined ? await sendSome(some, options) : notAttempted(some, failed)
    failed ??= some.find((_, index) => now[index]?.state !== 'done')?.name
    outcomes.push(...now)
  }
  for (const [index, one] of all.entries()) one.settle(outcomes[index] ?? outcomeOf(undefined))
  return outcomes
}

function sendSome(some: readonly Waiting[], options: object): Promise<BatchOutcome[]> {
  const together = {}
  const answered = some.map(({ leave }) =>
    leave(together, options).then(
      (value): BatchOutcome => ({ state: 'done', value }),
      (error: unknown) => outcomeOf(error),
    ),
  )
  return Promise.all(answered)
}

const notAttempted = (some: readonly Waiting[], after: string): BatchOutcome[] =>
  some.map(({ name }) => outcomeOf(moodleError(name, { kind: 'not-attempted', after })))

function outcomeOf(reason: unknown): BatchOutcome {
  const error =
    moodleErrorOf(reason) ??
    moodleError('', { kind: 'unreachable', timedOut: false, offline: false, aborted: false })
  if (error.kind === 'not-attempted') return { state: 'not-attempted', error }
  return { state: mayHaveHappened(error) ? 'unknown' : 'refused', error }
}
