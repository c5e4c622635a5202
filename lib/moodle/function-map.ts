import type { FunctionDefinition, ParamsOf, Reach, ReturnsOf, TransportKind } from './define.ts'
import type { MoodleFunctions } from './moodle-functions.ts'
import type { FunctionName } from './registry.ts'

/** What a caller has to know of one function. `reach`: the transports that can call it, besides a service of the site's own. */
export interface CallShape {
  readonly params: object
  readonly returns: unknown
  readonly reach: Reach
}

type ReachOf<D extends FunctionDefinition> =
  | (D['ajax'] extends true ? 'session' : never)
  | (D['mobile'] extends true ? 'rest' : never)

/** What callers have to know of a function that somebody wrote down: an entry of `MoodleFunctions`. */
export interface CallShapeOf<D extends FunctionDefinition> {
  readonly params: ParamsOf<D>
  readonly returns: ReturnsOf<D>
  readonly reach: ReachOf<D>
}

/** The shapes of several definitions, by name. */
export type CallShapesOf<Definitions> = {
  readonly [N in keyof Definitions]: Definitions[N] extends FunctionDefinition
    ? CallShapeOf<Definitions[N]>
    : never
}

/** Of some functions, those that every transport of `K` can call. */
export type NameOver<K extends TransportKind, Names extends keyof MoodleFunctions = FunctionName> = {
  [N in Names]: [Extract<K, Reach>] extends [MoodleFunctions[N]['reach']] ? N : never
}[Names]

export type Params<N extends keyof MoodleFunctions> = MoodleFunctions[N]['params']
export type Returns<N extends keyof MoodleFunctions> = MoodleFunctions[N]['returns']
