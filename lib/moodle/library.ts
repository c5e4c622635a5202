import { type MoodleClient as ClientOf, type ClientOptions, clientOver } from './client.ts'
import type { TransportKind } from './define.ts'
import { createDirectory, type Definitions } from './directory.ts'
import type { Params as ParamsIn, Returns as ReturnsIn, WithOwn } from './function-map.ts'
import type { MoodleFunctions } from './moodle-functions.ts'
import { functions } from './registry.ts'
import type { Transport } from './transport.ts'

/** The client for everybody: `index.ts` with the whole catalogue, whose descriptions are loaded when they are needed. */
export * from './index.ts'
// With a star, so that `declare module` reaches the interface through this file.
export * from './moodle-functions.ts'

/** One person's client on one site, for all of Moodle's functions. */
export type MoodleClient<K extends TransportKind = TransportKind, F = MoodleFunctions> = ClientOf<K, F>
export type Params<N extends keyof MoodleFunctions> = ParamsIn<N, MoodleFunctions>
export type Returns<N extends keyof MoodleFunctions> = ReturnsIn<N, MoodleFunctions>

/** Makes a client over a transport, as `createMoodleClient` of `index.ts` does, for all of Moodle's functions. */
export function createMoodleClient<
  K extends TransportKind,
  const D extends Definitions = Record<never, never>,
>(transport: Transport<K>, options: ClientOptions<D> = {}): MoodleClient<K, WithOwn<D, MoodleFunctions>> {
  return clientOver(transport, createDirectory({ ...functions, ...options.functions }))
}
