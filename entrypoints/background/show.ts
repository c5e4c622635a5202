import { browser } from 'wxt/browser'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { showBadge } from '../../lib/extension/badge.ts'
import { injectLauncher, tabsOf } from '../../lib/extension/sites.ts'
import { readSettings } from '../../lib/extension/store-settings.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { accountsOf } from '../../lib/store/accounts.ts'
import type { Store } from '../../lib/store/db.ts'
import { isLoggedIn } from './changes.ts'
import { noticeNew } from './notices.ts'
import { accountView } from './state.ts'

/** Troubles that only the person can end, apart from logging in, which greys the badge. */
function reasonOf(accounts: AccountView[]): string | undefined {
  const stuck = accounts.find(({ trouble }) => trouble?.mender === 'person' && !QUIET.has(trouble.kind))
  return stuck ? `${stuck.siteName}: ${t('badgeAct')}` : undefined
}

const QUIET = new Set(['signed-out', 'other-user', 'logged-in-as', 'guest', 'switched-role'])

async function badge(db: Store): Promise<void> {
  const accounts = await Promise.all((await accountsOf(db)).map((account) => accountView(db, account)))
  const unread = accounts.reduce((sum, account) => sum + account.unread, 0)
  const signedOut =
    accounts.length > 0 && accounts.every(({ hasSession, hasToken }) => !hasSession && !hasToken)
  const reason = reasonOf(accounts)
  const title = unread > 0 ? plural('launcherUnread', unread) : signedOut ? t('badgeSignedOut') : t('name')
  await showBadge({ unread, signedOut, title, ...(reason ? { reason } : {}) })
  await Promise.all(accounts.map((account) => tellLaunchers(account)))
  await noticeNew(db, accounts)
}

async function tellLaunchers({ wwwroot, userId, unread }: AccountView): Promise<void> {
  if (!(await isLoggedIn(wwwroot, userId))) return
  const { hidden } = await readSettings()
  for (const { id } of await tabsOf(wwwroot).catch(() => [])) {
    await browser.tabs
      .sendMessage(id, { launcher: { unread, hidden } }, { frameId: 0 })
      .catch(() => undefined)
  }
}

let isRenewing = false

/** Many changes in one turn are one look. */
export function renewBadge(db: Store): void {
  if (isRenewing) return
  isRenewing = true
  setTimeout(() => {
    isRenewing = false
    void badge(db)
  }, 30)
}

/** Brings launchers to pages that were open before. */
export async function launchOnOpenPages(wwwroot: string): Promise<void> {
  for (const { id } of await tabsOf(wwwroot)) await injectLauncher(id).catch(() => undefined)
}

/** The person's shortcut, on whatever page the tab shows; a page without a launcher does not answer. */
export async function openHere(tabId: number): Promise<void> {
  await browser.tabs.sendMessage(tabId, { here: true }, { frameId: 0 }).catch(() => undefined)
}
