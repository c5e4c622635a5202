import { MoodleError } from './errors.ts'
import type { Session } from './sessions.ts'
import type { State } from './state.ts'
import type { User } from './types.ts'

/** What stands between a known person and every function, page or token. */
export function obstacle(state: State, user: User): 'maintenance' | 'password' | 'policy' | null {
  if (state.settings.maintenance && !user.siteadmin) return 'maintenance'
  if (user.preferences.get('auth_forcepasswordchange') === '1') return 'password'
  if (state.settings.sitepolicy && !user.policyagreed && !user.siteadmin) return 'policy'
  return null
}

/** Session and token name the same obstacle differently (recorded). */
export function requireLogin(state: State, user: User, session: Session | null): void {
  const found = obstacle(state, user)
  if (found === 'maintenance') throw session ? notAccessible() : siteMaintenance()
  if (found === 'password') throw passwordChange(session !== null)
  if (found === 'policy') throw policyNotAgreed(state)
}

const notAccessible = () =>
  new MoodleError('Course or activity not accessible.', { errorcode: 'requireloginerror' })

export const siteMaintenance = () =>
  new MoodleError('The site is undergoing maintenance and is currently not available', {
    errorcode: 'sitemaintenance',
  })

const passwordChange = (session: boolean) =>
  new MoodleError(session ? 'You must change your password to proceed.' : 'error/forcepasswordchangenotice', {
    errorcode: 'forcepasswordchangenotice',
  })

const policyNotAgreed = (state: State) =>
  new MoodleError(
    `Site policy not agreed: <a href="${state.wwwroot}/user/policy.php">Click here to open the site policy.</a>`,
    { errorcode: 'sitepolicynotagreed' },
  )
