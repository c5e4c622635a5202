import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'
import { inOneStep, type Store } from './db.ts'
import { dropMissing } from './messages.ts'
import { entriesIn } from './outbox.ts'
import { rethread } from './rethread.ts'
import type { AccountRow } from './rows.ts'

async function hasUnsent(db: Store, accountId: AccountId, key: ConversationKey): Promise<boolean> {
  const drafts = db.drafts.where(':id').between([accountId, `${key}/`], [accountId, `${key}/\uffff`])
  return (await drafts.count()) > 0 || (await entriesIn(db, accountId, key)).length > 0
}

/** Removes what was read of a conversation; where somebody has written for it, it stays to show that. */
export async function forgetConversation(
  db: Store,
  account: AccountRow,
  key: ConversationKey,
): Promise<void> {
  const accountId = account.id
  await inOneStep(db, async () => {
    await dropMissing(db, accountId, key, { id: 0, time: 0 }, { id: Number.MAX_SAFE_INTEGER }, new Set())
    await db.dialogues.where(':id').between([accountId, key, ''], [accountId, key, '\uffff']).delete()
    await db.filings.delete([accountId, key])
    if (await hasUnsent(db, accountId, key)) await rethread(db, account, key)
    else await db.conversations.delete([accountId, key])
  })
}
