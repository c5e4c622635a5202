import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'
import { NOWHERE } from './messages.ts'

/**
 * How many messages from one id on, or to another, are held that the site counts too. Tombstones are only here; they
 * stand nowhere, with a few others, so that no long conversation is read to find them.
 */
export async function countHeld(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
  fromId: number,
  toId = Number.MAX_SAFE_INTEGER,
): Promise<number> {
  const all = db.messages
    .where('[accountId+key+id]')
    .between([accountId, key, fromId], [accountId, key, toId], true, true)
  const nowhere = db.messages
    .where('[accountId+key+dialogueId+id]')
    .between([accountId, key, NOWHERE, fromId], [accountId, key, NOWHERE, toId], true, true)
  const [count, rows] = await Promise.all([all.count(), nowhere.toArray()])
  return count - rows.filter(({ isDeleted }) => isDeleted).length
}
