import Dexie from 'dexie'
import { type AccountId, type ConversationKey, withPerson } from '../dialogue/dialogue.ts'
import { ofAccount } from './accounts.ts'
import type { Store } from './db.ts'
import type { ConversationRow } from './rows.ts'

export function conversationOf(db: Store, accountId: AccountId, key: ConversationKey) {
  return db.conversations.get([accountId, key])
}

export function conversationWithId(db: Store, accountId: AccountId, conversationId: number) {
  return db.conversations.where('[accountId+conversationId]').equals([accountId, conversationId]).first()
}

/** With which of these people there is a conversation here. */
export async function conversationsWith(
  db: Store,
  accountId: AccountId,
  ids: readonly number[],
): Promise<number[]> {
  const rows = await db.conversations.bulkGet(
    ids.map((id) => [accountId, withPerson(id)] as [string, string]),
  )
  return ids.filter((_, i) => rows[i] !== undefined)
}

export function groupConversations(db: Store, accountId: AccountId): Promise<ConversationRow[]> {
  // "g7", "self": everybody else's key begins with "u", and there may be thousands.
  return db.conversations
    .where(':id')
    .between([accountId, Dexie.minKey], [accountId, 'u'], true, false)
    .toArray()
}

export function conversationsWantingHistory(
  db: Store,
  accountId: AccountId,
  limit: number,
): Promise<ConversationRow[]> {
  return ofAccount(db, 'conversations', accountId)
    .filter((row: ConversationRow) => row.historyWanted)
    .limit(limit)
    .toArray()
}

export function countWantingHistory(db: Store, accountId: AccountId): Promise<number> {
  return ofAccount(db, 'conversations', accountId)
    .filter((row: ConversationRow) => row.historyWanted)
    .count()
}

export function emptyConversation(accountId: AccountId, key: ConversationKey): ConversationRow {
  return {
    accountId,
    key,
    kind: key === 'self' ? 'self' : key.startsWith('g') ? 'group' : 'individual',
    memberIds: [],
    isMuted: false,
    isFavourite: false,
    timeLast: 0,
    complete: false,
    historyWanted: false,
  }
}

/** Changes what is known of a conversation, or begins to know it. */
export async function changeConversation(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
  change: Partial<ConversationRow>,
): Promise<ConversationRow> {
  return db.transaction('rw', db.conversations, async () => {
    const now = (await conversationOf(db, accountId, key)) ?? emptyConversation(accountId, key)
    const next = { ...now, ...change, timeLast: Math.max(now.timeLast, change.timeLast ?? 0) }
    await db.conversations.put(next)
    return next
  })
}
