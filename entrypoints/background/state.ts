import { siteOf } from '../../lib/dialogue/dialogue.ts'
import type { AccountView } from '../../lib/dialogue/views.ts'
import type { Store } from '../../lib/store/db.ts'
import { unreadDialogues } from '../../lib/store/list-counts.ts'
import { coursesOf } from '../../lib/store/people.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { syncOf } from '../../lib/store/sync-state.ts'
import { hasToken } from '../../lib/store/tokens.ts'
import { sessionOf } from './sessions.ts'

/** On a computer that others use too, what is kept shows only while its person is logged in. */
export async function isShown(account: AccountRow): Promise<boolean> {
  if (account.locked) return false
  if (account.onlyMe) return true
  const session = await sessionOf(siteOf(account.wwwroot))
  return session?.state === 'open' && session.userId === account.userId
}

export async function shownAmong(accounts: readonly AccountRow[]): Promise<readonly AccountRow[]> {
  const shown = await Promise.all(accounts.map(isShown))
  return accounts.filter((_, i) => shown[i])
}

export async function accountView(db: Store, account: AccountRow): Promise<AccountView> {
  const shown = await isShown(account)
  const [sync, session, token, unread, courses] = await Promise.all([
    syncOf(db, account.id),
    sessionOf(siteOf(account.wwwroot)),
    hasToken(db, account.id),
    shown ? unreadDialogues(db, account.id) : 0,
    shown ? coursesOf(db, account.id) : [],
  ])
  const hasSession = session?.state === 'open' && session.userId === account.userId
  const signedOut = !hasSession && !token
  return {
    id: account.id,
    wwwroot: account.wwwroot,
    siteName: account.siteName,
    userId: account.userId,
    fullName: account.fullName,
    state: !shown
      ? 'locked'
      : signedOut
        ? 'signed-out'
        : sync.trouble?.mender === 'person'
          ? 'paused'
          : 'ready',
    ...(sync.trouble ? { trouble: sync.trouble } : signedOut ? { trouble: signedOutTrouble(account) } : {}),
    unread,
    onlyMe: account.onlyMe,
    ...(account.quietHours ? { quietHours: account.quietHours } : {}),
    ...(shown && account.signatures ? { signatures: account.signatures } : {}),
    hasToken: token,
    hasSession,
    ...(sync.timeLastRound === undefined ? {} : { timeLastRound: sync.timeLastRound }),
    courses,
  }
}

function signedOutTrouble({ wwwroot }: AccountRow) {
  return { kind: 'signed-out' as const, mender: 'person' as const, link: `${wwwroot}/login/index.php` }
}
