import type { Mender, Trouble, TroubleKind } from '../dialogue/trouble.ts'
import { type MoodleError, moodleErrorOf } from '../moodle/index.ts'
import { isFull } from '../store/room.ts'

/** Moodle's error codes in our words; `moodle-web-services.md` 5 lists where each comes from. */
const BY_CODE: Record<string, [TroubleKind, Mender]> = {
  servicerequireslogin: ['signed-out', 'person'],
  invalidsesskey: ['signed-out', 'person'],
  sessionerroruser: ['signed-out', 'person'],
  requireloginerror: ['maintenance', 'wait'],
  invalidtoken: ['token-refused', 'person'],
  invalidlogin: ['signed-out', 'person'],
  sitemaintenance: ['maintenance', 'wait'],
  upgraderunning: ['maintenance', 'wait'],
  disabled: ['messaging-off', 'admin'],
  enablewsdescription: ['web-services-off', 'admin'],
  forcepasswordchangenotice: ['password-change', 'person'],
  nopasswordchangeforced: ['password-change', 'person'],
  passwordisexpired: ['password-change', 'person'],
  usernotfullysetup: ['profile-incomplete', 'person'],
  sitepolicynotagreed: ['policy', 'person'],
  wsaccessusersuspended: ['suspended', 'admin'],
  wsaccessuserdeleted: ['suspended', 'admin'],
  wsaccessuserexpired: ['suspended', 'admin'],
  wsaccessusernologin: ['suspended', 'admin'],
  accessexception: ['not-permitted', 'admin'],
  servicenotavailable: ['not-permitted', 'admin'],
  nopermissions: ['not-permitted', 'admin'],
  errormessagetoolong: ['too-long', 'person'],
}

/** What the log may say of a refusal; some plugins put a sentence where Moodle has a code. */
export function isKnownCode(code: string): boolean {
  return Object.hasOwn(BY_CODE, code) || OTHER_CODES.has(code)
}

const OTHER_CODES = new Set(['invalidparameter', 'invalidrecord', 'errorconversationdoesnotexist'])

const ADDRESS = /https?:\/\/[^\s"'<>]+/

function fromCode(error: Extract<MoodleError, { kind: 'moodle' }>): Trouble {
  const [kind, mender] = BY_CODE[error.errorcode] ?? ['unknown', 'nobody']
  const link = ADDRESS.exec(error.reason)?.[0]
  return { kind, mender, serverSays: error.reason, ...(link && mender === 'person' ? { link } : {}) }
}

/** A pasted or launched token that has run out answers with a sentence, not a code of its own. */
function isExpiredToken(error: MoodleError): boolean {
  return error.kind === 'moodle' && error.errorcode === 'accessexception' && /token/i.test(error.reason)
}

/** What an error means to people. */
export function troubleOf(thrown: unknown): Trouble {
  const error = moodleErrorOf(thrown)
  if (isFull(thrown)) return { kind: 'storage', mender: 'person' }
  if (!error) return { kind: 'unknown', mender: 'nobody' }
  if (isExpiredToken(error)) return { kind: 'token-refused', mender: 'person' }
  switch (error.kind) {
    case 'moodle':
      return fromCode(error)
    case 'bad-status':
      return error.status === 403
        ? { kind: 'web-services-off', mender: 'admin' }
        : { kind: error.status === 503 ? 'maintenance' : 'unreachable', mender: 'wait' }
    case 'malformed':
      return { kind: 'broken-answer', mender: 'wait' }
    case 'unreachable':
      return { kind: error.offline ? 'offline' : 'unreachable', mender: 'wait' }
    default:
      return { kind: 'unknown', mender: 'nobody' }
  }
}

/** Troubles of the whole account, not of one message: sending pauses and every entry keeps its place. */
const OF_ACCOUNT = new Set<TroubleKind>([
  'offline',
  'unreachable',
  'signed-out',
  'other-user',
  'logged-in-as',
  'guest',
  'switched-role',
  'maintenance',
  'messaging-off',
  'web-services-off',
  'policy',
  'password-change',
  'profile-incomplete',
  'suspended',
  'token-refused',
])

export function concernsAccount(trouble: Trouble): boolean {
  return OF_ACCOUNT.has(trouble.kind)
}

/** Seconds that the site itself asked to be left alone. */
export function retryAfterOf(error: unknown): number | undefined {
  const known = moodleErrorOf(error)
  return known?.kind === 'bad-status' ? known.retryAfter : undefined
}
