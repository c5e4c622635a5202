import Dexie from 'dexie'
import type { AccountId, ConversationKey, DialogueId } from '../dialogue/dialogue.ts'
import type { Moved } from '../dialogue/thread.ts'
import type { Store } from './db.ts'

/** Where the person has put messages of this conversation; never forgotten while the account stays. */
export async function movesIn(db: Store, accountId: AccountId, key: ConversationKey): Promise<Moved> {
  const rows = await db.moves
    .where(':id')
    .between([accountId, key, Dexie.minKey], [accountId, key, Dexie.maxKey])
    .toArray()
  return new Map(rows.map(({ id, dialogueId }) => [id, dialogueId]))
}

export async function putMove(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
  id: number,
  dialogueId: DialogueId,
): Promise<void> {
  await db.moves.put({ accountId, key, id, dialogueId })
  await db.filings.delete([accountId, key])
}
