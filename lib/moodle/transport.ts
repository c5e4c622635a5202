import type { FunctionDefinition, TransportKind } from './define.ts'
import type { Fault } from './errors.ts'
import type { HttpFacts } from './hooks.ts'

/** One call on its way, its parameters already checked. */
export interface WireCall {
  readonly wsfunction: string
  readonly args: object
  readonly definition: FunctionDefinition
}

/** `whole`: the request failed as one, and nobody can say which of its calls was to blame. */
export type Outcome = { readonly data: unknown } | { readonly fault: Fault; readonly whole?: true }

export interface SendOptions {
  readonly signal: AbortSignal
  readonly timeoutMs: number
}

/** A way to a site. One outcome for each call, in order. */
export interface Transport<K extends TransportKind = TransportKind> {
  readonly kind: K
  readonly wwwroot: string
  readonly send: (calls: readonly WireCall[], options: SendOptions) => Promise<Outcome[]>
}

/** What both transports need to be told. */
export interface TransportOptions {
  /** The site's address as its `M.cfg.wwwroot` has it, without a slash at its end. */
  readonly wwwroot: string
  readonly fetch: typeof globalThis.fetch
  /** Says `false` when there is surely no network, so that nothing is attempted. */
  readonly isOnline?: () => boolean
  /** Told the server's clock (unix seconds) with each answer that carries a date. */
  readonly onServerTime?: (timeServer: number) => void
  /** Told of each HTTP request, sign-in and files included; never of a secret. For calls there is `watched`. */
  readonly onRequest?: (facts: HttpFacts) => void
  /** The site's `post_max_size` in bytes, where it is not PHP's 8 MB; nothing longer is sent. */
  readonly maxPostBytes?: number
}

export const isFault = (outcome: Outcome): outcome is Extract<Outcome, { fault: Fault }> => 'fault' in outcome
