import { createHash } from 'node:crypto'
import type { Hono } from 'hono'
import { parseForm } from '../form.ts'
import { hasMobileService } from '../functions/site.ts'
import { anonymous, errorPage, launchPage, loginPage } from '../pages/account.ts'
import type { Session } from '../sessions.ts'
import { MOBILE_SERVICE } from '../tokens.ts'
import type { User } from '../types.ts'
import type { World } from '../world.ts'
import { type Env, formText, giveCookie, sendTo, sessionOf, type Web } from './env.ts'
import { chosenLook, opener, sessionFor, underMaintenance } from './visit.ts'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')

function known(world: World, form: Record<string, unknown>): User | undefined {
  const user = world.state.usersByName.get(
    String(form.username ?? '')
      .trim()
      .toLowerCase(),
  )
  const fits = user && user.password === form.password && !user.suspended && !user.deleted && user.id > 1
  return fits ? user : undefined
}

/** Logging in makes a new session with a new sesskey: the old one is worth nothing from then on. */
export function logIn(world: World, user: User, before?: Session): Session {
  if (before) world.sessions.end(before.sid)
  const session = world.sessions.start(user.id)
  if (before) Object.assign(session, { lang: before.lang, theme: before.theme, look: before.look })
  user.lastaccess = world.state.clock.now()
  user.firstaccess ||= user.lastaccess
  return session
}

function postLogin(world: World) {
  return (web: Web): Response => {
    const before = sessionFor(web, world)
    const form = parseForm(formText(web))
    const user = form.logintoken === before.logintoken ? known(world, form) : undefined
    if (!user) return web.html(loginPage(anonymous(world, before), 'Invalid login, please try again'))
    if (world.state.settings.maintenance && !user.siteadmin) return underMaintenance(web, world)
    const session = logIn(world, user, before)
    giveCookie(web, world, session)
    web.set('userid', user.id)
    return sendTo(web, world, before.wantsurl || '/my/', 303)
  }
}

/** The address that hands a token over: the site's own scheme wins over the one asked for. */
function launchAddress(world: World, user: User, web: Web): string {
  const { passport = '', urlscheme = 'moodlemobile' } = web.req.query()
  const scheme = world.state.settings.forcedurlscheme || urlscheme
  const token = world.tokens.issue(user.id)
  return `${scheme}://token=${btoa(`${md5(world.state.wwwroot + passport)}:::${token}`)}`
}

export function loginRoutes(app: Hono<Env>, world: World): void {
  const open = opener(world)
  app.get('/login/index.php', (web) => {
    const session = sessionFor(web, world)
    chosenLook(web, session)
    if (session.userid > 0 && !session.guest) return sendTo(web, world, '/my/')
    return web.html(loginPage(anonymous(world, session), ''))
  })
  app.post('/login/index.php', postLogin(world))
  app.get('/login/logout.php', (web) => {
    const session = sessionOf(web, world)
    if (session && web.req.query('sesskey') === session.sesskey) world.sessions.end(session.sid)
    return sendTo(web, world, '/login/index.php')
  })
  app.get(
    '/admin/tool/mobile/launch.php',
    open((web, visit) => {
      const { settings } = world.state
      if (!hasMobileService(world.state) || web.req.query('service') !== MOBILE_SERVICE) {
        return web.html(errorPage(visit, 'Web service is not available.', 'servicenotavailable'), 404)
      }
      if (settings.typeoflogin === 1) {
        return web.html(
          errorPage(visit, 'Plugin is not enabled or configured', 'pluginnotenabledorconfigured'),
          404,
        )
      }
      const address = launchAddress(world, visit.user, web)
      return web.req.query('confirmed') === '1' ? web.html(launchPage(visit, address)) : web.redirect(address)
    }),
  )
}
