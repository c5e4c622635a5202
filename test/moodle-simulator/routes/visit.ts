import { anonymous, maintenancePage } from '../pages/account.ts'
import type { Visit } from '../pages/layout.ts'
import { obstacle } from '../require-login.ts'
import type { Session } from '../sessions.ts'
import type { World } from '../world.ts'
import { giveCookie, sendTo, sessionOf, type Web } from './env.ts'

export type Opener = (
  show: (web: Web, visit: Visit) => Response | Promise<Response>,
  options?: { passing?: boolean },
) => (web: Web) => Response | Promise<Response>

/** The session of the cookie, or a fresh one for somebody unknown. */
export function sessionFor(web: Web, world: World): Session {
  const held = sessionOf(web, world)
  if (held) return held
  const session = world.sessions.start()
  giveCookie(web, world, session)
  return session
}

export function chosenLook(web: Web, session: Session): void {
  const { lang, theme, look } = web.req.query()
  if (lang !== undefined && /^[a-z]{2}$/.test(lang)) session.lang = lang
  if (theme === 'dark' || theme === 'light') session.theme = theme
  if (look === 'boost' || look === 'classic') session.look = look
}

export const underMaintenance = (web: Web, world: World): Response =>
  web.html(maintenancePage(world.state.settings.sitename), 503, { 'retry-after': '300' })

/** Lets a known person in; everyone else is sent to log in, to the policy or to a new password. */
export function opener(world: World): Opener {
  return (show, options = {}) =>
    (web) => {
      const session = sessionFor(web, world)
      chosenLook(web, session)
      const user = world.sessions.userOf(session)
      if (!user) {
        session.wantsurl = web.req.path + new URL(web.req.url).search
        return sendTo(web, world, '/login/index.php')
      }
      web.set('userid', user.id)
      world.sessions.touch(session)
      user.lastaccess = world.state.clock.now()
      user.firstaccess ||= user.lastaccess
      const found = obstacle(world.state, user)
      if (found === 'maintenance') return underMaintenance(web, world)
      if (found === 'password' && !options.passing) return sendTo(web, world, '/login/change_password.php')
      if (found === 'policy' && !options.passing) return sendTo(web, world, '/user/policy.php')
      return show(web, { ...anonymous(world, session), user })
    }
}
