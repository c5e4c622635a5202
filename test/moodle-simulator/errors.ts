/** What Moodle throws. `module` says where its help page lives; `errorcode` may be a sentence, or be absent. */
export class MoodleError extends Error {
  readonly exception: string
  readonly errorcode: string | undefined
  readonly module: string
  readonly debuginfo: string | undefined
  /** Some exceptions carry a moodle_url object, which JSON writes as {}. */
  readonly emptyLink: boolean
  /** Thrown outside Moodle's own try: the answer is one object, not an array. */
  readonly whole: boolean

  constructor(
    message: string,
    rest: {
      errorcode?: string | undefined
      exception?: string
      module?: string
      debuginfo?: string
      emptyLink?: boolean
      whole?: boolean
    } = {},
  ) {
    super(message)
    this.exception = rest.exception ?? 'core\\exception\\moodle_exception'
    this.errorcode = rest.errorcode
    this.module = rest.module ?? 'moodle'
    this.debuginfo = rest.debuginfo
    this.emptyLink = rest.emptyLink ?? false
    this.whole = rest.whole ?? false
  }
}

/** An exception whose code is not a string of any language file. */
export const sentence = (text: string): MoodleError => new MoodleError(`error/${text}`, { errorcode: text })

export const notYours = (): MoodleError => sentence('You do not have permission to perform this action.')

export const messagingDisabled = (): MoodleError =>
  new MoodleError('Messaging is disabled on this site', { errorcode: 'disabled', module: 'message' })

export const invalidParameter = (debuginfo: string): MoodleError =>
  new MoodleError('Invalid parameter value detected', {
    errorcode: 'invalidparameter',
    exception: 'core\\exception\\invalid_parameter_exception',
    module: 'debug',
    debuginfo,
  })

export const missingParam = (name: string): MoodleError =>
  new MoodleError(`A required parameter (${name}) was missing`, { errorcode: 'missingparam' })

export const accessException = (): MoodleError =>
  new MoodleError('Access control exception', {
    errorcode: 'accessexception',
    exception: 'webservice_access_exception',
    module: 'webservice',
  })

export const noSuchFunction = (): MoodleError => noRecord('external_functions', true)

const recordErrors: Record<string, [errorcode: string, message: string]> = {
  '': ['invalidrecordunknown', "Can't find data record in database."],
  user: ['invaliduser', 'Invalid user'],
  course_modules: ['invalidcoursemodule', 'Invalid course module ID'],
}

/** An empty table: the query joined several. */
export function noRecord(table: string, whole = false): MoodleError {
  const [errorcode, message] = recordErrors[table] ?? [
    'invalidrecord',
    `Can't find data record in database table ${table}.`,
  ]
  return new MoodleError(message, { errorcode, exception: 'dml_missing_record_exception', whole })
}

export const accessDenied = (): MoodleError =>
  new MoodleError('Access denied', { errorcode: 'accessdenied', module: 'admin' })

export const formatNotSupported = (): MoodleError =>
  new MoodleError('webservice/formatnotsupported', { errorcode: 'formatnotsupported', module: 'webservice' })

export const noPermission = (capability: string): MoodleError =>
  new MoodleError(`Sorry, but you do not currently have permissions to do that (${capability}).`, {
    errorcode: 'nopermissions',
    exception: 'core\\exception\\required_capability_exception',
    emptyLink: true,
  })

export const serviceNotAvailable = (): MoodleError =>
  new MoodleError("Web service is not available. (It doesn't exist or might be disabled.)", {
    errorcode: 'servicenotavailable',
    module: 'webservice',
  })

export const requiresLogin = (): MoodleError =>
  new MoodleError('Web service is not available. (The session has been logged out or has expired.)', {
    errorcode: 'servicerequireslogin',
    module: 'webservice',
  })

export const invalidSesskey = (): MoodleError =>
  new MoodleError(
    'Your session has most likely timed out. Please check if you are logged in or go back to the previous screen and reload the page.',
    { errorcode: 'invalidsesskey' },
  )

export const tooLong = (): MoodleError =>
  new MoodleError('The message is longer than the maximum allowed.', {
    errorcode: 'errormessagetoolong',
    module: 'message',
  })

export const codingError = (hint: string, whole = false): MoodleError =>
  new MoodleError(`Coding error detected, it must be fixed by a programmer: ${hint}`, {
    errorcode: 'codingerror',
    exception: 'core\\exception\\coding_exception',
    module: 'debug',
    whole,
  })

/** A PHP Error, not an exception: REST gives it no errorcode at all. */
export const phpError = (message: string): MoodleError => new MoodleError(message, { exception: 'Error' })
