import { type MoodleError, moodleErrorOf } from './errors.ts'
import {
  cannotSendSentence,
  forbiddenSentences,
  isWebServicesOff,
  requireLoginMeansMaintenance,
  saysTokenExpired,
  saysUnknownFunction,
} from './quirks.ts'

const signedOut = words(
  'servicerequireslogin invalidsesskey invalidtoken sessionerroruser invalidlogin loginrequired',
)
const person = words(
  `forcepasswordchangenotice passwordisexpired restoredaccountresetpassword usernotfullysetup
   sitepolicynotagreed usernotconfirmed wsaccessuserexpired wsaccessuserunconfirmed`,
)
const closed = words('sitemaintenance upgraderunning disabled enablewsdescription')
const accountClosed = words(
  'wsaccessusersuspended wsaccessuserdeleted wsaccessusernologin nopasswordchangeforced',
)
const forbidden = words(
  `nopermissions nopermission accessexception servicenotavailable missingrequiredcapability cannotcreatetoken
   errorcoursecontextnotvalid pluginnotenabledorconfigured notingroup usernotincourse`,
)
const beforeStoring = [signedOut, person, closed, accountClosed, forbidden]
/** Statuses with which a web server refuses before it lets PHP run. */
const refusedStatuses = new Set([401, 404, 405, 413, 414, 429])

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/))
}

const judge = (verdict: (error: MoodleError) => boolean) => (error: unknown) => {
  const known = moodleErrorOf(error)
  return known !== undefined && verdict(known)
}

/** The session has ended, the sesskey has changed, or the token no longer counts. */
export const isSignedOut: (error: unknown) => boolean = judge(
  (error) =>
    error.kind === 'moodle' &&
    (signedOut.has(error.errorcode) ||
      (error.errorcode === 'accessexception' && saysTokenExpired(error.reason))),
)

/** The person may not do this; asking again will not help. */
export const isForbidden: (error: unknown) => boolean = judge((error) => {
  if (error.kind === 'bad-status') return [401, 403].includes(error.status) && !error.empty
  if (error.kind !== 'moodle' || isSignedOut(error)) return false
  if (error.errorcode === 'requireloginerror') return !requireLoginMeansMaintenance(error.wsfunction)
  return (
    forbidden.has(error.errorcode) ||
    accountClosed.has(error.errorcode) ||
    forbiddenSentences.test(error.errorcode) ||
    error.exception.includes('required_capability_exception')
  )
})

/** The site as a whole is closed: maintenance, an upgrade, messaging or web services switched off. */
export const isClosedForNow: (error: unknown) => boolean = judge((error) => {
  if (error.kind === 'bad-status') return error.status === 503 || isWebServicesOff(error.status, error.empty)
  if (error.kind !== 'moodle') return false
  if (error.errorcode === 'requireloginerror') return requireLoginMeansMaintenance(error.wsfunction)
  return closed.has(error.errorcode)
})

/** Only the person can mend it, in Moodle itself: log in, agree to a policy, change the password. */
export const needsThePerson: (error: unknown) => boolean = judge(
  (error) => isSignedOut(error) || (error.kind === 'moodle' && person.has(error.errorcode)),
)

/** The failure concerns everything this account asks of this site, not just one function. */
export const concernsTheWholeAccount = (error: unknown): boolean =>
  isSignedOut(error) || isClosedForNow(error) || needsThePerson(error)

/**
 * May the write have been stored all the same? True unless it is sure that Moodle stopped before,
 * also for whatever is not an error of this library: an exception does not mean that nothing happened.
 */
export function mayHaveHappened(error: unknown): boolean {
  const known = moodleErrorOf(error)
  if (known === undefined) return true
  switch (known.kind) {
    case 'unreachable':
      return known.sent !== false
    case 'bad-status':
      return !refusedStatuses.has(known.status) && !isWebServicesOff(known.status, known.empty)
    case 'moodle':
      return known.shared === true || !isRefusedBeforeStoring(known)
    case 'malformed':
      return true
    default:
      return false
  }
}

function isRefusedBeforeStoring(error: MoodleError & { kind: 'moodle' }): boolean {
  const { errorcode } = error
  if (errorcode === 'requireloginerror' || beforeStoring.some((codes) => codes.has(errorcode))) return true
  if (errorcode === 'invalidrecord') return saysUnknownFunction(error.reason)
  // core_message functions validate all their parameters first; others may validate row by row.
  if (errorcode === 'invalidparameter') return error.wsfunction.startsWith('core_message_')
  return cannotSendSentence.test(errorcode) && error.rows <= 1
}
