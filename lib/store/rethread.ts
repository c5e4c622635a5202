import type { ConversationKey, DialogueId } from '../dialogue/dialogue.ts'
import { noteAnswers } from './answers.ts'
import { conversationOf } from './conversations.ts'
import type { Store } from './db.ts'
import { type Filed, file } from './filing.ts'
import { entriesIn } from './outbox.ts'
import { recordOf, withEntries } from './record-of.ts'
import { LISTING, listed } from './relist.ts'
import type { AccountRow, ConversationRow, DialogueRecord } from './rows.ts'

type Rest = Pick<Filed, 'rows' | 'toId' | 'tallies'>

/** Of the messages that were not read, those that a record tells of: the last of each dialogue, and the unread. */
async function toldOf(db: Store, { accountId, key }: ConversationRow, { toId, tallies }: Rest) {
  if (toId === 0) return []
  const last = [...tallies.values()].map(({ lastId }) => lastId)
  const marked = await db.messages.where({ accountId, unread: 1 }).primaryKeys()
  const unread = marked.flatMap(([, of, id]) => (of === key ? [id] : []))
  const ids = [...new Set([...last, ...unread])].filter((id) => id <= toId)
  const rows = await db.messages.bulkGet(ids.map((id) => [accountId, key, id] as [string, string, number]))
  return rows.filter((row) => row !== undefined)
}

async function recordsOf(
  db: Store,
  account: AccountRow,
  conversation: ConversationRow,
): Promise<DialogueRecord[]> {
  const [filed, entries] = await Promise.all([
    file(db, account, conversation),
    entriesIn(db, account.id, conversation.key),
  ])
  const rows = [...(await toldOf(db, conversation, filed)), ...filed.rows]
  const html = new Map(rows.map((row) => [row.id, row.html]))
  const unread = Map.groupBy(
    rows.filter((row) => row.unread === 1),
    ({ dialogueId }) => dialogueId,
  )
  const records = new Map<DialogueId, DialogueRecord>()
  for (const [dialogueId, thread] of filed.soFar.threads) {
    const tally = filed.tallies.get(dialogueId)
    if (!tally) continue
    const shown = {
      tally,
      lastHtml: html.get(tally.lastId) ?? '',
      unread: unread.get(dialogueId)?.length ?? 0,
    }
    records.set(dialogueId, recordOf(conversation, thread, shown, account))
  }
  await noteAnswers(db, account, conversation.key, filed.tallies.values())
  withEntries(conversation, records, entries, account.userId)
  return listed(db, account, [...records.values()])
}

/** Tables of a transaction in which a conversation is filed. */
export const FILING = [...LISTING, 'messages', 'outbox', 'moves', 'filings', 'rulePeople']

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
