import type { Fault } from './errors.ts'
import { maxPostBytes } from './quirks.ts'

/** A form is sent in bytes that are all ASCII; JSON may take three bytes for each of its letters. */
function bytesOf(body: string | URLSearchParams): number {
  if (typeof body !== 'string') return body.toString().length
  return body.length * 3 <= maxPostBytes ? body.length : new TextEncoder().encode(body).length
}

/** Whether PHP would drop the whole request, and Moodle then complain of a token that it did not get. */
export function isTooLong(body: unknown, limit = maxPostBytes): boolean {
  if (typeof body !== 'string' && !(body instanceof URLSearchParams)) return false
  return bytesOf(body) > limit
}

export const tooLong = (limit = maxPostBytes): Fault => ({
  kind: 'params',
  path: '',
  reason: `more than ${limit} bytes in one request`,
})
