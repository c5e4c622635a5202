import type { TransportKind } from './define.ts'
import type { Fault } from './errors.ts'
import { isFault, type Outcome, type SendOptions, type Transport, type WireCall } from './transport.ts'

export interface RetryOptions {
  /** How often a read is asked again at most. */
  readonly times: number
  /** How long before the first repetition, in milliseconds; each further one waits twice as long. */
  readonly waitMs?: number
  /** A site that asks for a longer pause than this (seconds) is not asked again. */
  readonly longestRetryAfter?: number
}

const passing = new Set([429, 502, 503, 504])

/**
 * The same transport; reads that met trouble of the moment are asked again after a pause. Writes never are: nobody
 * knows whether they were stored.
 */
export function retried<K extends TransportKind>(
  transport: Transport<K>,
  { times, waitMs = 1000, longestRetryAfter = 30 }: RetryOptions,
): Transport<K> {
  async function send(calls: readonly WireCall[], options: SendOptions): Promise<Outcome[]> {
    for (let tried = 0; ; tried++) {
      const outcomes = await transport.send(calls, options)
      const fault = tried < times ? troubleOfAll(calls, outcomes) : undefined
      const asked = fault && (retryAfterOf(fault) ?? 0)
      if (asked === undefined || asked > longestRetryAfter) return outcomes
      await rest(Math.max(waitMs * 2 ** tried, asked * 1000), options.signal)
      if (options.signal.aborted) return outcomes
    }
  }
  return { ...transport, send }
}

/** What all calls of the request met, where all are reads and it may pass. */
function troubleOfAll(calls: readonly WireCall[], outcomes: readonly Outcome[]): Fault | undefined {
  if (calls.some((call) => call.definition.type !== 'read')) return undefined
  const faults = outcomes.filter(isFault).map((outcome) => outcome.fault)
  return faults.length === calls.length && faults.every(mayPass) ? faults[0] : undefined
}

function mayPass(fault: Fault): boolean {
  if (fault.kind === 'unreachable') return !fault.aborted && !fault.offline
  return fault.kind === 'bad-status' && passing.has(fault.status)
}

const retryAfterOf = (fault: Fault) => (fault.kind === 'bad-status' ? fault.retryAfter : undefined)

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
