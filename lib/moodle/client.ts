import { createQueue } from './batch.ts'
import { checkAnswer, checkParams } from './check.ts'
import {
  type FunctionDefinition,
  type ParamsOf,
  type Reaches,
  type ReturnsOf,
  reaches,
  type TransportKind,
} from './define.ts'
import { type MoodleError, moodleError } from './errors.ts'
import { type FunctionName, functions, type Registry } from './registry.ts'
import type { Transport } from './transport.ts'

export interface CallOptions {
  readonly signal?: AbortSignal
  /** How long to wait. A send waits for each recipient's e-mail and phone, so writes wait longer. */
  readonly timeoutMs?: number
}

const patience = { read: 30_000, write: 120_000 }

/** The functions that every transport of `K` can call. */
export type NameOver<K extends TransportKind> = {
  [N in FunctionName]: Reaches<Registry[N], K> extends true ? N : never
}[FunctionName]

export type Params<N extends FunctionName> = ParamsOf<Registry[N]>
export type Returns<N extends FunctionName> = ReturnsOf<Registry[N]>

/** One person's client on one site. */
export interface MoodleClient<K extends TransportKind = TransportKind> {
  readonly kind: K
  readonly wwwroot: string
  /** Calls a function of the registry; the answer is checked. Rejects with a `MoodleError`. */
  call<N extends NameOver<K>>(name: N, params: Params<N>, options?: CallOptions): Promise<Returns<N>>
  /** Calls a function that the registry does not have, as `definition` describes it. */
  callUnregistered<D extends FunctionDefinition>(
    name: string,
    definition: D,
    params: ParamsOf<D>,
    options?: CallOptions,
  ): Promise<ReturnsOf<D>>
  /** Whether the transport can reach a function at all. */
  reaches(name: FunctionName): boolean
}

/**
 * Makes a client over a transport. Reads asked for in the same turn travel in one request; writes go alone and in
 * order, except idempotent ones. Nothing is ever repeated that may have been stored.
 */
export function createMoodleClient<K extends TransportKind>(transport: Transport<K>): MoodleClient<K> {
  const enqueue = createQueue(transport)

  function ask<D extends FunctionDefinition>(
    name: string,
    definition: D | undefined,
    params: ParamsOf<D>,
    options: CallOptions = {},
  ): Promise<ReturnsOf<D>> {
    const { signal, timeoutMs = patience[definition?.type ?? 'read'] } = options
    return new Promise((resolve, reject) => {
      if (!definition || !reaches(definition, transport.kind)) {
        return reject(moodleError(name, { kind: 'out-of-reach', transport: transport.kind }))
      }
      const checked = checkParams(name, definition, params)
      if ('error' in checked) return reject(checked.error)
      if (signal?.aborted) return reject(givenUp(name, { sent: false }))
      const giveUp = () => reject(givenUp(name))
      const answered = () => signal?.removeEventListener('abort', giveUp)
      signal?.addEventListener('abort', giveUp)
      enqueue({
        call: { wsfunction: name, args: checked.args, definition },
        timeoutMs,
        signal,
        fail(error) {
          answered()
          reject(error)
        },
        succeed(data) {
          answered()
          const answer = checkAnswer(name, definition, data)
          if ('error' in answer) reject(answer.error)
          else resolve(answer.value as ReturnsOf<D>)
        },
      })
    })
  }

  return {
    kind: transport.kind,
    wwwroot: transport.wwwroot,
    call: (name, params, options) => ask(name, functions[name], params, options),
    callUnregistered: ask,
    reaches: (name) => reaches(functions[name], transport.kind),
  }
}

const givenUp = (wsfunction: string, known: { sent?: false } = {}): MoodleError =>
  moodleError(wsfunction, { kind: 'unreachable', timedOut: false, offline: false, aborted: true, ...known })
