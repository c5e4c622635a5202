import { siteOf } from '../../lib/dialogue/dialogue.ts'
import { forgetNotice } from '../../lib/extension/notify.ts'
import { forgetCached } from '../../lib/store/accounts.ts'
import type { Store } from '../../lib/store/db.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { announce } from './changes.ts'
import { sessionOf } from './sessions.ts'

/** House rule for shared computers: what others could read goes; unsent words stay for their author. */
export async function leave(db: Store, account: AccountRow): Promise<void> {
  if (!account.onlyMe) await forgetCached(db, account.id)
  await db.accounts.update(account.id, { locked: true })
  await forgetNotice(account.id)
  // To every screen: one that still shows this account may no longer hear of it by name.
  announce(db, { topics: ['accounts', 'dialogues', 'thread'] })
}

/** The site said so of its session in this browser, and it has not ended. */
export async function isLoggedInHere({ wwwroot, userId }: AccountRow): Promise<boolean> {
  const session = await sessionOf(siteOf(wwwroot))
  return session?.state === 'open' && session.userId === userId
}
