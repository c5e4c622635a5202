import type { TransportKind } from './define.ts'
import { isFault, type Transport } from './transport.ts'

/** What a request was, without anything that it carried. */
export interface RequestFacts {
  readonly functions: string[]
  readonly tookMs: number
  /** Of the first call that failed. */
  readonly fault?: string
  readonly status?: number
  /** Moodle's own error code, which some plugins fill with a sentence. */
  readonly code?: string
}

/** The same transport; `heard` is told of each request when it is over. */
export function watched<K extends TransportKind>(
  transport: Transport<K>,
  heard: (facts: RequestFacts) => void,
  nowMs: () => number = () => performance.now(),
): Transport<K> {
  return {
    ...transport,
    async send(calls, options) {
      const began = nowMs()
      const outcomes = await transport.send(calls, options)
      const fault = outcomes.find(isFault)?.fault
      heard({
        functions: calls.map(({ wsfunction }) => wsfunction),
        tookMs: nowMs() - began,
        ...(fault ? { fault: fault.kind } : {}),
        ...(fault?.kind === 'bad-status' ? { status: fault.status } : {}),
        ...(fault?.kind === 'moodle' ? { code: fault.errorcode } : {}),
      })
      return outcomes
    },
  }
}
