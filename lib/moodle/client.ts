import { createQueue } from './batch.ts'
import { checkAnswer, checkParams } from './check.ts'
import {
  type FunctionDefinition,
  type ParamsOf,
  type ReturnsOf,
  reaches,
  type TransportKind,
} from './define.ts'
import { createDirectory, type Directory } from './directory.ts'
import { type MoodleError, moodleError } from './errors.ts'
import type { NameOver, Params, Returns } from './function-map.ts'
import { createLine } from './line.ts'
import type { MoodleFunctions } from './moodle-functions.ts'
import { type FunctionName, functions } from './registry.ts'
import { createSupport, type Support, type Supports } from './support.ts'
import type { Transport } from './transport.ts'

export interface CallOptions {
  readonly signal?: AbortSignal
  /** How long to wait. A send waits for each recipient's e-mail and phone, so writes wait longer. */
  readonly timeoutMs?: number
  /** Writes with the same object here share a request; see `createBatch`. */
  readonly together?: object
}

const patience = { read: 30_000, write: 120_000 }

/** One person's client on one site, for the functions of `Names`. */
export interface MoodleClient<
  K extends TransportKind = TransportKind,
  Names extends keyof MoodleFunctions = FunctionName,
> {
  readonly kind: K
  readonly wwwroot: string
  /** Calls a function; parameters and answer are checked. Rejects with a `MoodleError`. */
  call<N extends NameOver<K, Names>>(name: N, params: Params<N>, options?: CallOptions): Promise<Returns<N>>
  /** Calls a function that the client does not know, as `definition` describes it. */
  callUnregistered<D extends FunctionDefinition>(
    name: string,
    definition: D,
    params: ParamsOf<D>,
    options?: CallOptions,
  ): Promise<ReturnsOf<D>>
  /** Whether the transport can reach a function at all. */
  reaches(name: Names): boolean
  /**
   * Whether the site offers a function to this person: known of all once `core_webservice_get_site_info` was asked
   * with a token, of others from their own answers and refusals; `false` of what this transport never reaches. Asks
   * nothing by itself.
   */
  supports(name: string): Supports
  /** Loads descriptions ahead, so that calls of these functions leave at once. Asks the site nothing. */
  prepare(...names: readonly Names[]): Promise<void>
  /** The site's release, as in `4.5.6 (Build: 20250811)`: known where `core_webservice_get_site_info` was asked. */
  readonly release: string | undefined
}

/**
 * Makes a client over a transport. Reads asked for in the same turn travel in one request; writes go alone and in
 * order, except idempotent ones. Nothing is ever repeated that may have been stored.
 */
export const createMoodleClient = <K extends TransportKind>(transport: Transport<K>): MoodleClient<K> =>
  clientOver(transport, createDirectory(functions))

/** The client itself, whatever it knows. Its front door says which functions those are. */
export function clientOver<K extends TransportKind, Names extends keyof MoodleFunctions>(
  transport: Transport<K>,
  directory: Directory,
): MoodleClient<K, Names> {
  const inLine = createLine()
  const support = createSupport()
  const ask = createAsk(transport, support)
  const isReached = (name: string) => {
    const flags = directory.flags(name)
    return flags !== undefined && reaches(flags, transport.kind)
  }
  function call(name: string, params: object, options?: CallOptions): Promise<unknown> {
    const found = isReached(name) ? directory.find(name) : undefined
    if (!found) return Promise.reject(outOfReach(name, transport.kind))
    return new Promise((resolve, reject) => {
      const go = (definition: FunctionDefinition) => resolve(ask(name, definition, params, options))
      inLine(found, go, () => reject(notLoaded(name)))
    })
  }

  return {
    kind: transport.kind,
    wwwroot: transport.wwwroot,
    call: call as MoodleClient<K, Names>['call'],
    callUnregistered: ask,
    reaches: (name) => isReached(String(name)),
    supports(name) {
      const known = support.of(name)
      return known === 'unknown' && directory.flags(name) && !isReached(name) ? false : known
    },
    prepare: async (...names) => {
      await Promise.allSettled(names.map((name) => directory.find(String(name))))
    },
    get release() {
      return support.release()
    },
  }
}

function createAsk(transport: Transport, support: Support) {
  const enqueue = createQueue(transport)
  return <D extends FunctionDefinition>(
    name: string,
    definition: D,
    params: ParamsOf<D>,
    options: CallOptions = {},
  ): Promise<ReturnsOf<D>> => {
    const { signal, timeoutMs = patience[definition.type] } = options
    return new Promise((resolve, reject) => {
      if (!reaches(definition, transport.kind)) return reject(outOfReach(name, transport.kind))
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
        together: options.together,
        fail(error) {
          answered()
          support.refused(error)
          reject(error)
        },
        succeed(data) {
          answered()
          const answer = checkAnswer(name, definition, data)
          if ('error' in answer) return reject(answer.error)
          support.answered(name, answer.value)
          resolve(answer.value as ReturnsOf<D>)
        },
      })
    })
  }
}

const outOfReach = (wsfunction: string, transport: TransportKind): MoodleError =>
  moodleError(wsfunction, { kind: 'out-of-reach', transport })

const unreachable = { kind: 'unreachable', timedOut: false, offline: false, aborted: false } as const

const givenUp = (wsfunction: string, known: { sent?: false } = {}): MoodleError =>
  moodleError(wsfunction, { ...unreachable, aborted: true, ...known })

/** The description is a file of this library that could not be loaded, so nothing was sent. */
const notLoaded = (wsfunction: string): MoodleError =>
  moodleError(wsfunction, { ...unreachable, sent: false })
