import { type ConversationKey, personOf } from '../dialogue/dialogue.ts'
import { threads } from '../dialogue/thread.ts'
import { emptyConversation } from './conversations.ts'
import type { Store } from './db.ts'
import { newRow, type ReadMessage } from './messages.ts'
import { recordOf } from './record-of.ts'
import { listed } from './relist.ts'
import type { AccountRow, ConversationRow, DialogueRecord, MessageRow } from './rows.ts'
import { toIndex } from './search-queue.ts'
import { counted } from './tally.ts'

export interface FirstMessage {
  key: ConversationKey
  conversationId?: number
  message: ReadMessage
}

/** Of these, the conversations of which nothing is known here yet. */
export async function unknownAmong(
  db: Store,
  { id }: AccountRow,
  keys: readonly ConversationKey[],
): Promise<Set<ConversationKey>> {
  const there = await db.conversations.bulkGet(keys.map((key) => [id, key] as [string, string]))
  return new Set(keys.filter((_, i) => !there[i]))
}

function conversationOf({ id }: AccountRow, first: FirstMessage): ConversationRow {
  const { key, conversationId, message } = first
  const personId = personOf(key)
  return {
    ...emptyConversation(id, key),
    memberIds: personId === undefined ? [] : [personId],
    timeLast: message.timeCreated,
    ...(conversationId === undefined ? {} : { conversationId }),
  }
}

function filed(account: AccountRow, conversation: ConversationRow, row: MessageRow) {
  const { threads: found, placements } = threads([row], { complete: false })
  const dialogueId = placements.get(row.id)?.dialogueId ?? row.dialogueId
  const shown = { tally: counted(undefined, row, account.userId), lastHtml: row.html, unread: row.unread }
  const records = found
    .filter((thread) => thread.dialogueId === dialogueId)
    .map((thread) => recordOf(conversation, thread, shown, account))
  return { row: { ...row, dialogueId }, records }
}

/** What is the first that is known of its conversation needs no reading of what was there: many at once cost little. */
export async function keepFirstMessages(
  db: Store,
  account: AccountRow,
  firsts: readonly FirstMessage[],
): Promise<void> {
  const conversations = firsts.map((first) => conversationOf(account, first))
  await db.conversations.bulkPut(conversations)
  const all = firsts.map(({ key, message }, i) =>
    filed(account, conversations[i] ?? emptyConversation(account.id, key), newRow(account.id, key, message)),
  )
  const rows = all.map(({ row }) => row)
  await db.messages.bulkPut(rows)
  await toIndex(db, rows, [])
  const records: DialogueRecord[] = all.flatMap((each) => each.records)
  await db.dialogues.bulkPut(await listed(db, account, records))
}
