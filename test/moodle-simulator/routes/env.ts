import type { HttpBindings } from '@hono/node-server'
import type { Context as HonoContext } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Session } from '../sessions.ts'
import type { World } from '../world.ts'

export type Env = { Bindings: HttpBindings; Variables: { body: string; functions: string[]; userid: number } }
export type Web = HonoContext<Env>

export const COOKIE = 'MoodleSession'

export const sessionOf = (web: Web, world: World): Session | undefined =>
  world.sessions.find(getCookie(web, COOKIE))

export function giveCookie(web: Web, world: World, session: Session): void {
  setCookie(web, COOKIE, session.sid, {
    path: `${new URL(world.state.wwwroot).pathname.replace(/\/$/, '')}/`,
    httpOnly: true,
  })
}

/** Moodle sends people to whole addresses. */
export const sendTo = (web: Web, world: World, path: string, status: 302 | 303 = 302): Response =>
  web.redirect(world.state.wwwroot + path, status)

/** What was asked for, with the query taking the place of a form where there is none. */
export const formText = (web: Web): string => {
  const query = new URL(web.req.url).search.slice(1)
  return [query, web.get('body')].filter((part) => part !== '').join('&')
}
