import type { Fault } from './errors.ts'
import { redact } from './redact.ts'

/** What Moodle tells of an exception, whichever of its four envelopes it came in. */
export interface ToldException {
  readonly errorcode: string
  readonly exception: string
  readonly reason: string
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * Finds an exception in an answer: REST `{exception, errorcode?, message}`, a session request that failed as a whole
 * or `token.php` `{error: 'text', errorcode}`. Debugging output (`debuginfo`, `backtrace`) is left behind.
 */
export function exceptionIn(answer: unknown): ToldException | undefined {
  if (!isRecord(answer)) return undefined
  if (typeof answer.exception === 'string') return told(answer, answer.message)
  const { error, errorcode } = answer
  const isTold = errorcode === undefined || typeof errorcode === 'string'
  if (typeof error === 'string' && isTold) return told(answer, error)
  return undefined
}

/** The exception of one item of a batch: `{message, errorcode, link, …}`, or just `{errorcode, module}`. */
export const exceptionOfItem = (exception: unknown): ToldException | undefined =>
  isRecord(exception) ? told(exception, exception.message) : undefined

const told = (envelope: Record<string, unknown>, reason: unknown): ToldException => ({
  errorcode: text(envelope.errorcode),
  exception: text(envelope.exception),
  reason: text(reason),
})

/** Moodle's refusal as one of our faults, without the secrets. */
export function refusal(exception: ToldException, secrets: readonly string[], args?: object): Fault {
  return {
    kind: 'moodle',
    errorcode: redact(exception.errorcode, secrets),
    exception: redact(exception.exception, secrets),
    reason: redact(exception.reason, secrets),
    rows: rowsOf(args),
  }
}

function rowsOf(args: object | undefined): number {
  const rows = args !== undefined && 'messages' in args ? args.messages : undefined
  return Array.isArray(rows) ? rows.length : 1
}
