import type { Hono } from 'hono'
import { catalogue } from '../catalogue.ts'
import { ajaxException, wholeError } from '../envelopes.ts'
import {
  codingError,
  invalidSesskey,
  MoodleError,
  noSuchFunction,
  requiresLogin,
  serviceNotAvailable,
} from '../errors.ts'
import { callFunction } from '../functions/index.ts'
import { jsonEncode } from '../php.ts'
import type { Session } from '../sessions.ts'
import type { User } from '../types.ts'
import type { World } from '../world.ts'
import { type Env, sessionOf, type Web } from './env.ts'

type Call = { index?: number | string; methodname?: string; args?: unknown }
type Who = { user: User; session: Session } | null

const nobody: User = {
  id: 0,
  username: '',
  password: '',
  firstname: '',
  lastname: '',
  email: '',
  lang: 'en',
  siteadmin: false,
  suspended: false,
  deleted: false,
  policyagreed: true,
  firstaccess: 0,
  lastaccess: 0,
  courseaccess: new Map(),
  preferences: new Map(),
}

/** An unknown function breaks out of Moodle's own try: the answers so far are lost, their work is not. */
function answerOne(world: World, call: Call, who: Who, sesskeyFits: boolean): unknown {
  const name = call.methodname ?? ''
  const info = catalogue.get(name)
  if (!info) throw noSuchFunction()
  if (!info.ajax) throw serviceNotAvailable()
  if (info.login && !who) throw requiresLogin()
  if (info.login && !sesskeyFits) throw invalidSesskey()
  if (who?.session.guest && info.login) {
    throw new MoodleError('Guests are not allowed to do this.', { errorcode: 'noguest' })
  }
  const caller = { ...world, user: who?.user ?? nobody, session: who?.session ?? null }
  return callFunction(caller, name, call.args ?? {})
}

/** Stops at the first error: what comes after has no entry at all. Without a login there is nothing to protect, and it goes on. */
function answerAll(world: World, calls: Call[], who: Who, { login, sesskeyFits }: Rules): unknown {
  const answers = new Map<string, unknown>()
  for (const [at, call] of calls.entries()) {
    const index = String(call.index ?? at)
    try {
      answers.set(index, { error: false, data: answerOne(world, call, who, sesskeyFits) })
    } catch (error) {
      if (error instanceof MoodleError && error.whole) return wholeError(error)
      answers.set(index, { error: true, exception: ajaxException(world.state, error) })
      if (login) break
    }
  }
  return listOrObject(answers)
}

type Rules = { login: boolean; sesskeyFits: boolean }

/** PHP writes a list only where the indexes run 0, 1, 2… */
function listOrObject(answers: Map<string, unknown>): unknown {
  const isList = [...answers.keys()].every((key, at) => key === String(at))
  return isList ? [...answers.values()] : Object.fromEntries(answers)
}

function parseCalls(body: string): Call[] | undefined {
  try {
    const calls: unknown = JSON.parse(body)
    return Array.isArray(calls) ? (calls as Call[]) : undefined
  } catch {
    return undefined
  }
}

function json(web: Web, value: unknown): Response {
  return web.body(jsonEncode(value), 200, { 'content-type': 'application/json; charset=utf-8' })
}

const isOff = (value: string | undefined): boolean => value === undefined || value === '' || value === '0'

function service(world: World, login: boolean) {
  return (web: Web): Response => {
    const session = login ? sessionOf(web, world) : undefined
    const user = world.sessions.userOf(session)
    const who = session && user ? { user, session } : null
    if (session && isOff(web.req.query('nosessionupdate'))) world.sessions.touch(session)
    if (who) {
      web.set('userid', who.user.id)
      who.user.lastaccess = world.state.clock.now()
    }
    const calls = parseCalls(web.get('body'))
    if (!calls) return json(web, wholeError(codingError('Invalid json in request: Syntax error')))
    const sesskeyFits = web.req.query('sesskey') === session?.sesskey
    return json(web, answerAll(world, calls, who, { login, sesskeyFits }))
  }
}

export function ajaxRoutes(app: Hono<Env>, world: World): void {
  app.post('/lib/ajax/service.php', service(world, true))
  app.on(['GET', 'POST'], '/lib/ajax/service-nologin.php', service(world, false))
}
