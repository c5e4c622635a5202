import type { FunctionDefinition, ParamsOf, ReturnsOf, TransportKind } from './define.ts'
import type { Registry } from './registry.ts'

/** What a caller has to know of one function. `reach`: the transports that can call it. */
export interface CallShape {
  readonly params: object
  readonly returns: unknown
  readonly reach: TransportKind
}

type ReachOf<D extends FunctionDefinition> =
  | (D['ajax'] extends true ? 'session' : never)
  | (D['mobile'] extends true ? 'rest' : never)

/** The map of definitions that somebody wrote by hand. */
export type MapOf<Definitions> = {
  readonly [N in keyof Definitions]: Definitions[N] extends FunctionDefinition
    ? {
        readonly params: ParamsOf<Definitions[N]>
        readonly returns: ReturnsOf<Definitions[N]>
        readonly reach: ReachOf<Definitions[N]>
      }
    : never
}

/** The functions of the written registry. */
export type WrittenFunctions = MapOf<Registry>

/** Without a constraint on `F`, so that nobody has to look at all functions to talk about one. */
type Part<F, N extends keyof F, P extends keyof CallShape> = F[N][P & keyof F[N]]

/** The functions that every transport of `K` can call. */
export type NameOver<K extends TransportKind, F = WrittenFunctions> = {
  [N in keyof F]: [K] extends [Part<F, N, 'reach'>] ? N : never
}[keyof F]

export type Params<N extends keyof F, F = WrittenFunctions> = Part<F, N, 'params'>
export type Returns<N extends keyof F, F = WrittenFunctions> = Part<F, N, 'returns'>

/** A map with somebody's own definitions on top. */
export type WithOwn<D, F> = [keyof D] extends [never] ? F : MapOf<D> & Omit<F, keyof D>
