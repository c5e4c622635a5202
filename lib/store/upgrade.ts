import type { Transaction } from 'dexie'
import type { Store } from './db.ts'
import { rethread } from './rethread.ts'
import type { AccountRow, ConversationRow } from './rows.ts'

/** Files every conversation anew, by which its dialogues get what the lists of version 2 need. */
export async function toVersion2(db: Store, upgrade: Transaction): Promise<void> {
  const accounts: AccountRow[] = await upgrade.table('accounts').toArray()
  const conversations: ConversationRow[] = await upgrade.table('conversations').toArray()
  for (const { accountId, key } of conversations) {
    const account = accounts.find(({ id }) => id === accountId)
    if (account) await rethread(db, account, key)
  }
}
