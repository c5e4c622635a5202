import type { ConversationKey } from '../dialogue/dialogue.ts'
import { type Placement, threads } from '../dialogue/thread.ts'
import { noteAnswers } from './answers.ts'
import { conversationOf } from './conversations.ts'
import type { Store } from './db.ts'
import { messagesIn, NOWHERE } from './messages.ts'
import { movesIn } from './moves.ts'
import { entriesIn } from './outbox.ts'
import { recordOf, withEntries } from './record-of.ts'
import { LISTING, listed } from './relist.ts'
import type { AccountRow, ConversationRow, DialogueRecord, MessageRow } from './rows.ts'

/** The very same row where it stands there already, as nearly all do. */
function placed(row: MessageRow, placement: Placement | undefined): MessageRow {
  if (!placement) return row
  const { guessed, afterClosing, duplicate } = placement
  const dialogueId = duplicate || row.isDeleted ? NOWHERE : placement.dialogueId
  const isThere =
    row.dialogueId === dialogueId && row.guessed === guessed && row.afterClosing === afterClosing
  return isThere ? row : { ...row, dialogueId, guessed, afterClosing }
}

async function recordsOf(
  db: Store,
  account: AccountRow,
  conversation: ConversationRow,
): Promise<DialogueRecord[]> {
  const [rows, moved, entries] = await Promise.all([
    messagesIn(db, account.id, conversation.key).toArray(),
    movesIn(db, account.id, conversation.key),
    entriesIn(db, account.id, conversation.key),
  ])
  const filed = threads(rows, { complete: conversation.complete, moved })
  const now = rows.map((row) => placed(row, filed.placements.get(row.id)))
  await db.messages.bulkPut(now.filter((row, i) => row !== rows[i]))
  const groups = Map.groupBy(now, ({ dialogueId }) => dialogueId)
  const records = new Map(
    filed.threads.flatMap((thread) => {
      const shown = groups.get(thread.dialogueId)
      return shown ? [[thread.dialogueId, recordOf(conversation, thread, shown, account)] as const] : []
    }),
  )
  await noteAnswers(db, account, conversation.key, groups.values())
  withEntries(conversation, records, entries, account.userId)
  return listed(db, account, [...records.values()])
}

/** Tables of a transaction in which a conversation is filed. */
export const FILING = [...LISTING, 'messages', 'outbox', 'moves', 'rulePeople']

/** Files the messages of a conversation into its dialogues and renews what the list shows of them. */
export async function rethread(db: Store, account: AccountRow, key: ConversationKey): Promise<void> {
  await db.transaction('rw', FILING, async () => {
    const conversation = await conversationOf(db, account.id, key)
    if (!conversation) return
    const records = await recordsOf(db, account, conversation)
    await replaceRecords(db, account.id, key, records)
  })
}

async function replaceRecords(
  db: Store,
  accountId: string,
  key: ConversationKey,
  records: DialogueRecord[],
): Promise<void> {
  const kept = new Set(records.map(({ dialogueId }) => dialogueId))
  const there = await db.dialogues
    .where(':id')
    .between([accountId, key, ''], [accountId, key, '\uffff'])
    .toArray()
  const gone = there.filter(({ dialogueId }) => !kept.has(dialogueId))
  await db.dialogues.bulkDelete(gone.map((row) => [row.accountId, row.key, row.dialogueId]))
  // Most stay as they are, and a record stands in many lists.
  const before = new Map(there.map((record) => [record.dialogueId, JSON.stringify(record)]))
  await db.dialogues.bulkPut(
    records.filter((record) => before.get(record.dialogueId) !== JSON.stringify(record)),
  )
}
