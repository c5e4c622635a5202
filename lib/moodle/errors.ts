interface Shared {
  readonly family: 'moodle-error'
  /** The web service function (or script) that was asked. */
  readonly wsfunction: string
  readonly message: string
}

/** No usable answer came back. */
export interface Unreachable extends Shared {
  readonly kind: 'unreachable'
  readonly timedOut: boolean
  readonly offline: boolean
  readonly aborted: boolean
  /** `false`: surely never left. Missing: nobody knows. */
  readonly sent?: boolean
}

/** An HTTP status other than success, and no words of Moodle's in it. */
export interface BadStatus extends Shared {
  readonly kind: 'bad-status'
  readonly status: number
  readonly empty: boolean
  /** Seconds, as the server asked. */
  readonly retryAfter?: number
}

/** The answer is not what the function promises. */
export interface Malformed extends Shared {
  readonly kind: 'malformed'
  /** Where in the answer, as in `conversations.0.id`; empty for the answer as a whole. */
  readonly path: string
  /** A web page came instead (a captive portal, a login form, a firewall). */
  readonly html: boolean
  /** A debugging site wrote notices before its answer. */
  readonly debugOutput: boolean
}

/** Moodle said no. */
export interface MoodleRefusal extends Shared {
  readonly kind: 'moodle'
  /** A code, an English sentence, or empty. */
  readonly errorcode: string
  /** The PHP class, over REST only. */
  readonly exception: string
  /** Moodle's own words, redacted. */
  readonly reason: string
  /** How many messages the call carried; Moodle may have stored those before the bad one. */
  readonly rows: number
  /** Several writes failed as one, and those before the one that is to blame may have been done. */
  readonly shared?: true
}

/** An earlier call in the same request failed, and Moodle stopped there. */
export interface NotAttempted extends Shared {
  readonly kind: 'not-attempted'
  readonly after: string
}

/** Refused by this client, before anything was sent. */
export interface BadParams extends Shared {
  readonly kind: 'params'
  readonly path: string
  readonly reason: string
}

/** This transport does not reach the function; a type error for TypeScript callers. */
export interface OutOfReach extends Shared {
  readonly kind: 'out-of-reach'
  readonly transport: string
}

/** Everything that can go wrong, told apart by `kind`. Plain data: it survives messages between contexts. */
export type MoodleError =
  | Unreachable
  | BadStatus
  | Malformed
  | MoodleRefusal
  | NotAttempted
  | BadParams
  | OutOfReach

type WithoutKeys<T, K extends string> = T extends unknown ? Omit<T, K> : never
/** What went wrong, before it is known which function it concerns. */
export type Fault = WithoutKeys<MoodleError, keyof Shared>

class MoodleFailure extends Error {
  override readonly name = 'MoodleError'

  constructor(plain: MoodleError) {
    // A structured clone of an Error keeps `message` and `cause` only, so the plain copy travels as the cause.
    super(plain.message, { cause: plain })
    Object.assign(this, plain)
    Object.defineProperty(this, 'name', { enumerable: false })
    Object.defineProperty(this, 'message', { enumerable: true, value: plain.message })
  }
}

/** Makes the error of one function out of what went wrong. */
export function moodleError(wsfunction: string, fault: Fault): MoodleError & Error {
  const message = `${wsfunction}: ${describe(fault)}`
  const plain = { ...fault, family: 'moodle-error', wsfunction, message } satisfies MoodleError
  return new MoodleFailure(plain) as MoodleFailure & MoodleError
}

function describe(fault: Fault): string {
  switch (fault.kind) {
    case 'unreachable':
      return `the site was not reached (${howUnreachable(fault)})`
    case 'bad-status':
      return `the site answered with status ${fault.status}`
    case 'malformed':
      return `the answer is not what it should be (${howMalformed(fault)})`
    case 'moodle':
      return `Moodle refused: ${fault.errorcode || fault.exception} (${fault.reason})`
    case 'not-attempted':
      return `not attempted, because ${fault.after} failed before it`
    case 'params':
      return `not sent, because of ${fault.path || 'its parameters'}: ${fault.reason}`
    case 'out-of-reach':
      return `this function cannot be called over the ${fault.transport} transport`
  }
}

function howUnreachable(fault: { offline: boolean; timedOut: boolean; aborted: boolean }): string {
  if (fault.offline) return 'offline'
  if (fault.timedOut) return 'timed out'
  return fault.aborted ? 'given up by the caller' : 'network failure'
}

function howMalformed(fault: { html: boolean; debugOutput: boolean; path: string }): string {
  if (fault.debugOutput) return 'site debug output'
  if (fault.html) return 'a web page'
  return fault.path ? `at ${fault.path}` : 'not JSON'
}

const isPlain = (value: unknown): value is MoodleError =>
  typeof value === 'object' && value !== null && 'family' in value && value.family === 'moodle-error'

/** An error of this library, also as a plain copy on the far side of a message. */
export const isMoodleError = (error: unknown): error is MoodleError => isPlain(error)

/** The error's plain data, also out of a structured clone (which keeps it as the `cause`). */
export function moodleErrorOf(error: unknown): MoodleError | undefined {
  if (isPlain(error)) return error
  return error instanceof Error && isPlain(error.cause) ? error.cause : undefined
}

/** A plain copy to send to another context or to store. */
export function toPlain(error: MoodleError): MoodleError {
  return JSON.parse(JSON.stringify(error))
}
