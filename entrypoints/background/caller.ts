import { browser } from 'wxt/browser'
import { type AccountId, siteOf } from '../../lib/dialogue/dialogue.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { type Session, sessionOf } from './sessions.ts'

/** Who asks: one of our own pages, or what stands in a Moodle page's tab. */
export type Caller =
  | { kind: 'own-page' }
  | { kind: 'in-page'; tabId: number; url: string }
  | { kind: 'stranger' }

interface Sender {
  url?: string | undefined
  tab?: { id?: number | undefined } | undefined
  frameId?: number | undefined
}

export function callerOf(sender: Sender): Caller {
  if (sender.url?.startsWith(browser.runtime.getURL('/'))) return { kind: 'own-page' }
  const tabId = sender.tab?.id
  if (tabId === undefined || sender.frameId !== 0 || !sender.url) return { kind: 'stranger' }
  return { kind: 'in-page', tabId, url: sender.url }
}

export function standsOn(url: string, wwwroot: string): boolean {
  const site = siteOf(wwwroot)
  const { host, pathname } = new URL(url)
  return `${host + pathname}/`.startsWith(`${site}/`)
}

/** Only of these has the site itself said whose session it is. */
const PROVEN = new Set<Session['state']>(['open', 'ended'])

/**
 * The accounts that a caller may see: in a page, only that of the person who is logged in there
 * (what the page itself says of that does not count, only what the site said of its session).
 */
export async function accountsFor(
  caller: Caller,
  accounts: readonly AccountRow[],
): Promise<readonly AccountRow[]> {
  if (caller.kind === 'own-page') return accounts
  if (caller.kind === 'stranger') return []
  const here = accounts.filter(({ wwwroot }) => standsOn(caller.url, wwwroot))
  const sessions = await Promise.all(here.map(({ wwwroot }) => sessionOf(siteOf(wwwroot))))
  const depth = Math.max(...here.map(({ wwwroot }) => siteOf(wwwroot).length))
  return here.filter(({ userId, wwwroot }, i) => {
    const session = sessions[i]
    // Of Moodles below one another, the page's own is the innermost.
    return session?.userId === userId && PROVEN.has(session.state) && siteOf(wwwroot).length === depth
  })
}

export class NotYours extends Error {
  override readonly name = 'NotYours'
}

export function pick(accounts: readonly AccountRow[], accountId: AccountId): AccountRow {
  const account = accounts.find(({ id }) => id === accountId)
  if (!account) throw new NotYours('This account is not to be seen from here.')
  return account
}
