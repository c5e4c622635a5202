import { catalogue } from './catalogue.ts'
import { type CallOptions, type MoodleClient as ClientOf, clientOver } from './client.ts'
import type { Reach, TransportKind } from './define.ts'
import { createDirectory, type Definitions } from './directory.ts'
import type { CallShapesOf, NameOver as NameOverOf, Params, Returns } from './function-map.ts'
import type { DeprecatedName, MoodleFunctions } from './moodle-functions.ts'
import { functions } from './registry.ts'
import type { Transport } from './transport.ts'

/** The client for everybody: `index.ts` with the whole catalogue, whose descriptions are loaded when they are needed. */
export * from './index.ts'
// With a star, so that `declare module` reaches the interface through this file.
export * from './moodle-functions.ts'

type AnyName = keyof MoodleFunctions

/** One person's client on one site, for all of Moodle's functions. */
export type MoodleClient<K extends TransportKind = TransportKind> = Omit<ClientOf<K, AnyName>, 'call'> &
  Calls<K>

/** In this order an editor strikes through what is deprecated, and a mistake in any call is told as what it is. */
interface Calls<K extends TransportKind> {
  /** Calls a function; parameters and answer are checked. Rejects with a `MoodleError`. */
  call<N extends Exclude<NameOver<K>, DeprecatedName>>(
    name: N,
    params: Params<N>,
    options?: CallOptions,
  ): Promise<Returns<N>>
  /** @deprecated Moodle says so of this function. */
  call<N extends NameOver<K>>(name: N, params: Params<N>, options?: CallOptions): Promise<Returns<N>>
}

/** The functions that every transport of `K` can call. */
export type NameOver<K extends TransportKind> = NameOverOf<K, AnyName>

/** What a client also calls when it was given definitions of somebody's own. */
export interface OwnCalls<K extends TransportKind, D extends Definitions> {
  call<N extends OwnNameOver<K, CallShapesOf<D>>>(
    name: N,
    params: CallShapesOf<D>[N]['params'],
    options?: CallOptions,
  ): Promise<CallShapesOf<D>[N]['returns']>
}

type OwnNameOver<K extends TransportKind, F> = {
  [N in keyof F]: F[N] extends { readonly reach: infer Reached }
    ? [Extract<K, Reach>] extends [Reached]
      ? N
      : never
    : never
}[keyof F]

export interface ClientOptions<D extends Definitions> {
  /** Functions of one's own, such as a plugin's, by their names; they win over those that the client knows. */
  readonly functions: D
}

/** Makes a client over a transport, as `createMoodleClient` of `index.ts` does, for all of Moodle's functions. */
export function createMoodleClient<K extends TransportKind>(transport: Transport<K>): MoodleClient<K>
export function createMoodleClient<K extends TransportKind, D extends Definitions>(
  transport: Transport<K>,
  options: ClientOptions<D>,
): OwnCalls<K, D> & MoodleClient<K>
export function createMoodleClient<K extends TransportKind>(
  transport: Transport<K>,
  options?: ClientOptions<Definitions>,
): MoodleClient<K> {
  return clientOver(transport, createDirectory({ ...functions, ...options?.functions }, catalogue))
}
