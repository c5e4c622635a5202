import type { Hono } from 'hono'
import { catalogue } from '../catalogue.ts'
import { escapeText } from '../clean-html.ts'
import { restException, wholeError } from '../envelopes.ts'
import { accessException, MoodleError, noSuchFunction, serviceNotAvailable } from '../errors.ts'
import { parseForm } from '../form.ts'
import { callFunction } from '../functions/index.ts'
import { hasMobileService } from '../functions/site.ts'
import { jsonEncode } from '../php.ts'
import { obstacle, requireLogin, siteMaintenance } from '../require-login.ts'
import { MOBILE_SERVICE } from '../tokens.ts'
import type { User } from '../types.ts'
import type { World } from '../world.ts'
import { type Env, formText, type Web } from './env.ts'

const open = { 'access-control-allow-origin': '*' }
const refuse = (errorcode: string, message: string) => new MoodleError(message, { errorcode })

export function bearer(world: World, token: string): User {
  if (world.state.settings.maintenance) throw siteMaintenance()
  const row = world.tokens.find(token)
  const user = row && world.state.users.get(row.userid)
  if (!row || !user) throw refuse('invalidtoken', 'Invalid token - token not found')
  if (row.validuntil <= world.state.clock.now()) {
    world.tokens.reset(user.id)
    throw new MoodleError('Invalid token - token expired - check validuntil time for the token', {
      errorcode: 'invalidtoken',
    })
  }
  if (user.suspended) {
    throw refuse(
      'wsaccessusersuspended',
      `Refused web service access for suspended username: ${user.username}`,
    )
  }
  return user
}

function answer(world: World, form: Record<string, unknown>, web: Web): unknown {
  const { wstoken = '', wsfunction = '', moodlewsrestformat: _format, ...rest } = form
  const args = Object.fromEntries(
    Object.entries(rest).filter(([name]) => !name.startsWith('moodlewssetting')),
  )
  const user = bearer(world, String(wstoken))
  web.set('userid', user.id)
  const info = catalogue.get(String(wsfunction))
  if (obstacle(world.state, user) === 'password') requireLogin(world.state, user, null)
  if (!info) throw noSuchFunction()
  if (!info.mobile) throw accessException()
  user.lastaccess = world.state.clock.now()
  return callFunction({ ...world, user, session: null }, info.name, args)
}

function rest(world: World) {
  return (web: Web): Response => {
    if (!world.state.settings.enablewebservices) {
      return web.body('', 403, { 'content-type': 'text/html; charset=utf-8' })
    }
    const form = parseForm(formText(web))
    let value: unknown
    try {
      value = answer(world, form, web) ?? null
    } catch (error) {
      value = restException(world.state, error)
    }
    if (form.moodlewsrestformat === 'json') {
      return web.body(jsonEncode(value), 200, { ...open, 'content-type': 'application/json' })
    }
    const xml = `<?xml version="1.0" encoding="UTF-8" ?>\n<RESPONSE>\n${toXml(value)}</RESPONSE>\n`
    return web.body(xml, 200, { ...open, 'content-type': 'application/xml; charset=utf-8' })
  }
}

/** What comes where the format was forgotten. */
function toXml(value: unknown): string {
  if (Array.isArray(value)) return `<MULTIPLE>\n${value.map(toXml).join('')}</MULTIPLE>\n`
  if (typeof value === 'object' && value !== null) {
    const keys = Object.entries(value).map(([key, inner]) => `<KEY name="${key}">${toXml(inner)}</KEY>\n`)
    return `<SINGLE>\n${keys.join('')}</SINGLE>\n`
  }
  return value === null ? '<VALUE null="null"/>\n' : `<VALUE>${escapeText(String(value))}</VALUE>\n`
}

function tokenAnswer(world: World, form: Record<string, unknown>): unknown {
  const { settings, usersByName } = world.state
  if (!settings.enablewebservices) {
    throw new MoodleError('Web service must be enabled in Advanced features.', {
      errorcode: 'enablewsdescription',
    })
  }
  if (settings.maintenance) throw siteMaintenance()
  const user = usersByName.get(String(form.username ?? ''))
  if (!user || user.password !== form.password || user.suspended || user.deleted) {
    throw refuse('invalidlogin', 'Invalid login, please try again')
  }
  if (obstacle(world.state, user) === 'password')
    throw refuse('passwordisexpired', 'Your password has expired.')
  if (form.service !== MOBILE_SERVICE || !hasMobileService(world.state)) throw serviceNotAvailable()
  if (user.siteadmin) throw refuse('cannotcreatetoken', 'Could not create token')
  return { token: world.tokens.issue(user.id), privatetoken: null }
}

export function restRoutes(app: Hono<Env>, world: World): void {
  app.on(['GET', 'POST'], '/webservice/rest/server.php', rest(world))
  app.on(['GET', 'POST'], '/login/token.php', (web) => {
    let value: unknown
    try {
      value = tokenAnswer(world, parseForm(formText(web)))
    } catch (error) {
      value = wholeError(error)
    }
    return web.body(jsonEncode(value), 200, {
      ...open,
      'content-type': 'application/json; charset=utf-8',
    })
  })
}
