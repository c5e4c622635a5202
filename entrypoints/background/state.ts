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
  const [shown, sync, session, token] = await Promise.all([
    isShown(account),
    syncOf(db, account.id),
    sessionOf(siteOf(account.wwwroot)),
    hasToken(db, account.id),
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
    unread: shown ? await unreadDialogues(db, account.id) : 0,
    onlyMe: account.onlyMe,
    ...(account.quietHours ? { quietHours: account.quietHours } : {}),
    ...(shown && account.signatures ? { signatures: account.signatures } : {}),
    hasToken: token,
    hasSession,
    ...(sync.timeLastRound === undefined ? {} : { timeLastRound: sync.timeLastRound }),
    courses: shown ? await coursesOf(db, account.id) : [],
  }
}

function signedOutTrouble({ wwwroot }: AccountRow) {
  return { kind: 'signed-out' as const, mender: 'person' as const, link: `${wwwroot}/login/index.php` }
}
