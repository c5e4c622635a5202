import { browser } from 'wxt/browser'
import { siteOf } from '../../lib/dialogue/dialogue.ts'
import type { PageReport } from '../../lib/extension/protocol.ts'

/*
 * (none) ──► open       a page reports a sesskey, and the site says whose it is
 * open ────► open       the same person's new sesskey
 * open ────► ended      the site or a page says that nobody is logged in
 * open ────► other      somebody else is logged in now
 * ended ───► open       the next login
 */
export interface Session {
  site: string
  wwwroot: string
  sesskey: string
  userId: number
  state: 'open' | 'ended' | 'logged-in-as' | 'guest' | 'switched-role'
}

/** `storage.session`: in memory only, gone with the browser, out of reach of pages. */
const keyOf = (site: string): `session:${string}` => `session:${site}`

let kept: Promise<Record<string, Session>> | undefined

/** All of them at once, which a worker that starts can ask for before it knows its accounts. */
export function readSessions(): Promise<Record<string, Session>> {
  kept ??= browser.storage.session.get<Record<string, Session>>(null)
  kept.catch(() => {
    kept = undefined
  })
  return kept
}

async function stored(key: string): Promise<Session | undefined> {
  return (await readSessions())[key]
}

/** The worker alone writes sessions: what it was told once in its life, it need not ask the browser again. */
const known = new Map<string, Promise<Session | undefined>>()

export function sessionOf(site: string): Promise<Session | undefined> {
  const key = keyOf(site)
  const there = known.get(key)
  if (there) return there
  const asked = stored(key)
  known.set(key, asked)
  asked.catch(() => known.delete(key))
  return asked
}

export async function keepSession(session: Session): Promise<void> {
  const key = keyOf(session.site)
  await browser.storage.session.set({ [key]: session })
  known.set(key, Promise.resolve(session))
}

export async function endSession(site: string): Promise<void> {
  const session = await sessionOf(site)
  if (session) await keepSession({ ...session, sesskey: '', state: 'ended' })
}

const SAFE = new Set<PageReport['state']>(['ok'])

/** Only an ordinary page of the person's own lets anything be read or sent. */
export function isOrdinary(page: PageReport): page is PageReport & { sesskey: string; userId: number } {
  return SAFE.has(page.state) && page.sesskey !== undefined && page.userId !== undefined
}

export function siteOfPage(page: PageReport): string {
  return siteOf(page.wwwroot)
}

/** A log-out that the person began on this site a moment ago, so that what follows is no mere time-out. */
export async function noteLoggingOut(site: string): Promise<void> {
  await browser.storage.session.set({ [`leaving:${site}`]: true })
}

export async function takeLoggingOut(site: string): Promise<boolean> {
  const key = `leaving:${site}`
  const stored = await browser.storage.session.get<Record<string, boolean>>(key)
  await browser.storage.session.remove(key)
  return stored[key] === true
}
