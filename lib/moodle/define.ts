import type * as z from 'zod/mini'
import { once } from './once.ts'

/**
 * How a client talks to a site: with the cookies and sesskey of a page; with an ordinary token; or with the token of
 * a service that the site's admin put together, which may hold any function.
 */
export type TransportKind = 'session' | 'rest' | 'service'

/** The transports that do not reach everything. */
export type Reach = Exclude<TransportKind, 'service'>

/** What the client has to know about one Moodle web service function. */
export interface FunctionDefinition {
  readonly type: 'read' | 'write'
  /** Doing it twice is as good as once, so it may share a request with others of its kind. */
  readonly idempotent?: true
  /** Moodle's flag `ajax`: callable with a session. */
  readonly ajax: boolean
  /** In Moodle's mobile service: callable with an ordinary token. */
  readonly mobile: boolean
  readonly params: z.ZodMiniType<object, object>
  readonly returns: z.ZodMiniType
}

type Parts = 'params' | 'returns'

/** A definition as it is written down: its schemas, or functions that make them when they are first needed. */
export type Declaration = Omit<FunctionDefinition, Parts> & {
  readonly [P in Parts]: FunctionDefinition[P] | (() => FunctionDefinition[P])
}

export type Defined<D extends Declaration> = {
  readonly [P in keyof D]: D[P] extends () => infer Schema ? Schema : D[P]
}

/** Declares one function. The literal flags are kept in the type, so that a wrong transport is a type error. */
export function defineFunction<const D extends Declaration>(declaration: D): Defined<D>
export function defineFunction({ params, returns, ...flags }: Declaration): FunctionDefinition {
  const made = {
    params: once(() => (typeof params === 'function' ? params() : params)),
    returns: once(() => (typeof returns === 'function' ? returns() : returns)),
  }
  return {
    ...flags,
    get params() {
      return made.params()
    },
    get returns() {
      return made.returns()
    },
  }
}

export type ParamsOf<D extends FunctionDefinition> = z.input<D['params']>
export type ReturnsOf<D extends FunctionDefinition> = z.output<D['returns']>

export function reaches(
  { ajax, mobile }: Pick<FunctionDefinition, 'ajax' | 'mobile'>,
  kind: TransportKind,
): boolean {
  if (kind === 'service') return true
  return kind === 'session' ? ajax : mobile
}
