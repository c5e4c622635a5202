/**
 * Everything odd about Moodle's web services that this client works around, each with its reason.
 * Recorded on Moodle 4.5.6 unless noted.
 */

/** `api::MESSAGE_MAX_LENGTH`, compared with `strlen`: bytes of UTF-8, markup included. */
export const maxMessageBytes = 4096

/** PHP drops form variables beyond `max_input_vars` (1,000 by default) without a word. */
export const maxFormVariables = 900

/** PHP drops a body beyond `post_max_size` (8 MB by default) whole, and Moodle then finds no token in it. */
export const maxPostBytes = 8 * 1024 * 1024

/** One slow request holds the session lock for everybody, so a batch stays small. */
export const maxCallsPerRequest = 50

/** Without it, each poll would keep the Moodle session of the page alive for ever. */
export const withoutSessionUpdate = 'nosessionupdate=true'

/** REST answers in XML unless told otherwise. */
export const restFormat = 'json'

/** The session transport always filters multilang names, REST only when asked: ask, so that both answer alike. */
export const restSettings = { moodlewssettingfilter: 'true' }

/** Moodle names the methods in the address, for the server's log, or their number when there are many. */
export const infoParameter = (names: readonly string[]): string =>
  names.length > 5 ? `${names.length}-method-calls` : [...names].sort().join()

/** Functions that return warnings answer `null` on some versions when there is nothing to say. */
export const nullAsEmptyList = (value: unknown): unknown => value ?? []

/** Moodle passes "raw" values on with the type they happen to have; a preference may be a number. */
export const numberAsText = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value)

/** Null cannot be expressed in a form; left out, the function's own default (null) takes its place. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined)
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNulls(inner)]))
}

/** Messages, counters and the session itself: no course is involved, so nobody can be refused one. */
const withoutCourse = /^(core_message|message_popup|core_session|core_webservice|tool_mobile)_/

/**
 * Over the session, `requireloginerror` says either "maintenance" or "this course is not yours",
 * and never "logged out" (that is `servicerequireslogin`).
 */
export const requireLoginMeansMaintenance = (wsfunction: string): boolean => withoutCourse.test(wsfunction)

/** A table missing from `external_functions` means an unknown function, and nothing was run. */
export const saysUnknownFunction = (reason: string): boolean => reason.includes('external_functions')

/** An expired token is a plain `accessexception`; only debugging sites say why. The next call says `invalidtoken`. */
export const saysTokenExpired = (reason: string): boolean => /token (expired|not found)/i.test(reason)

/** Some refusals have an English sentence in place of an error code. */
export const forbiddenSentences =
  /you do not have permission|cannot send a message to conversation|user is not part of conversation/i

/** The membership check comes before the first message is stored. */
export const cannotSendSentence = /cannot send a message to conversation/i

/** With web services off, `server.php` answers 403 with an empty body and not a word more. */
export const isWebServicesOff = (status: number, empty: boolean): boolean => status === 403 && empty

/** PHP writes an array without keys as a list, also where its keys have names. */
export const emptyListAsObject = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 0 ? {} : value

/** Of all types of text only "raw" is passed on as it is, so a number or a boolean may come; as PHP would write it. */
export const rawAsText = (value: unknown): unknown => {
  if (typeof value === 'boolean') return value ? '1' : ''
  return numberAsText(value)
}
