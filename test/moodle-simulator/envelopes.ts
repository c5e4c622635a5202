import { MoodleError } from './errors.ts'
import type { State } from './state.ts'

const asMoodleError = (error: unknown): MoodleError =>
  error instanceof MoodleError
    ? error
    : new MoodleError(error instanceof Error ? (error.stack ?? error.message) : String(error), {
        exception: 'Error',
      })

const codeOf = (error: MoodleError): string => error.errorcode ?? 'generalexceptionmessage'

/** One item's exception in the answer of lib/ajax/service.php. */
export function ajaxException(state: State, thrown: unknown): Record<string, unknown> {
  const error = asMoodleError(thrown)
  const message = error.errorcode === undefined ? `Exception - ${error.message}` : error.message
  const debug = state.settings.debug
  return {
    message,
    errorcode: codeOf(error),
    ...(debug ? { backtrace: '* line 83 of /lib/ajax/service.php: call to call_external_function()\n' } : {}),
    link: error.emptyLink ? {} : `${state.wwwroot}/`,
    moreinfourl: `https://docs.moodle.org/405/en/error/${error.module}/${codeOf(error)}`,
    ...(debug ? { debuginfo: `${error.debuginfo ?? ''}\nError code: ${codeOf(error)}` } : {}),
  }
}

/** The whole answer, where Moodle fails outside of its own try. */
export function wholeError(thrown: unknown): Record<string, unknown> {
  const error = asMoodleError(thrown)
  return {
    error: error.message,
    errorcode: codeOf(error),
    stacktrace: null,
    debuginfo: null,
    reproductionlink: null,
  }
}

export function restException(state: State, thrown: unknown): Record<string, unknown> {
  const error = asMoodleError(thrown)
  const debug = state.settings.debug && error.debuginfo !== undefined
  return {
    exception: error.exception,
    ...(error.errorcode === undefined ? {} : { errorcode: error.errorcode }),
    message: debug ? `${error.message} (${error.debuginfo})` : error.message,
    ...(debug ? { debuginfo: error.debuginfo } : {}),
  }
}
