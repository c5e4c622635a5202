import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'
import { plainText } from '../dialogue/html.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import { pageOf } from '../dialogue/page.ts'
import { type Placement, type Thread, threads } from '../dialogue/thread.ts'
import { conversationOf } from './conversations.ts'
import type { Store } from './db.ts'
import { listEntries } from './lists.ts'
import { messagesIn, NOWHERE } from './messages.ts'
import { entriesIn } from './outbox.ts'
import type { AccountRow, ConversationRow, DialogueRecord, MessageRow } from './rows.ts'

const SNIPPET = 140

function placed(row: MessageRow, placement: Placement | undefined): MessageRow {
  if (!placement) return row
  const { guessed, afterClosing, duplicate } = placement
  return { ...row, dialogueId: duplicate ? NOWHERE : placement.dialogueId, guessed, afterClosing }
}

function differs(a: MessageRow, b: MessageRow): boolean {
  return a.dialogueId !== b.dialogueId || a.guessed !== b.guessed || a.afterClosing !== b.afterClosing
}

/** Only pages that are known may be opened from a link that somebody wrote, and only by their plain address. */
function urlOf({ url }: Thread, wwwroot: string): { url?: string } {
  const page = url === undefined ? undefined : pageOf(url, wwwroot)
  return page ? { url: page.url } : {}
}

function recordOf(
  conversation: ConversationRow,
  thread: Thread,
  rows: MessageRow[],
  wwwroot: string,
): DialogueRecord {
  const last = rows.at(-1)
  return {
    accountId: conversation.accountId,
    key: conversation.key,
    dialogueId: thread.dialogueId,
    kind: conversation.kind,
    ...(thread.subject === undefined ? {} : { subject: thread.subject }),
    ...(thread.courseId === undefined ? {} : { courseId: thread.courseId }),
    ...urlOf(thread, wwwroot),
    ...(thread.openerId === undefined ? {} : { openerId: thread.openerId }),
    ...(thread.closedBy === undefined ? {} : { closedBy: thread.closedBy }),
    repliesExpected: thread.repliesExpected,
    state: thread.state,
    timeLast: thread.timeLast,
    ...(last ? { lastAuthorId: last.authorId } : {}),
    lastText: last ? plainText(last.html, SNIPPET) : '',
    unread: rows.filter((row) => row.unread === 1).length,
    lists: [],
  }
}

function begunBy(conversation: ConversationRow, entry: OutboxEntry): DialogueRecord {
  return {
    accountId: conversation.accountId,
    key: conversation.key,
    dialogueId: entry.dialogueId,
    kind: conversation.kind,
    ...(entry.subject === undefined ? {} : { subject: entry.subject }),
    ...(entry.courseId === undefined ? {} : { courseId: entry.courseId }),
    ...(entry.aboutUrl === undefined ? {} : { url: entry.aboutUrl }),
    repliesExpected: true,
    state: 'open',
    timeLast: entry.timeWritten,
    lastText: '',
    unread: 0,
    lists: [],
  }
}

/** What is on its way is the last word of its dialogue already, also of one that the site does not know yet. */
function withEntries(
  conversation: ConversationRow,
  records: Map<string, DialogueRecord>,
  entries: OutboxEntry[],
  me: number,
) {
  for (const entry of entries) {
    const record = records.get(entry.dialogueId) ?? begunBy(conversation, entry)
    const timeLast = Math.max(record.timeLast, entry.timeWritten)
    records.set(entry.dialogueId, {
      ...record,
      timeLast,
      lastAuthorId: me,
      lastText: plainText(entry.html, SNIPPET),
    })
  }
}

function pageKeys(record: DialogueRecord, account: AccountRow): string[] {
  const page = record.url && pageOf(record.url, account.wwwroot)
  if (!page) return []
  return page.cmid === undefined ? [page.key] : [...new Set([page.key, `cm${page.cmid}`])]
}

function grouped(rows: MessageRow[]): Map<string, MessageRow[]> {
  const groups = new Map<string, MessageRow[]>()
  for (const row of rows) {
    const group = groups.get(row.dialogueId)
    if (group) group.push(row)
    else groups.set(row.dialogueId, [row])
  }
  return groups
}

async function recordsOf(
  db: Store,
  account: AccountRow,
  conversation: ConversationRow,
): Promise<DialogueRecord[]> {
  const rows = await messagesIn(db, account.id, conversation.key).toArray()
  const filed = threads(rows, { complete: conversation.complete })
  const now = rows.map((row) => placed(row, filed.placements.get(row.id)))
  await db.messages.bulkPut(now.filter((row, i) => differs(row, rows[i] ?? row)))
  const groups = grouped(now)
  const records = new Map(
    filed.threads.map((thread) => [
      thread.dialogueId,
      recordOf(conversation, thread, groups.get(thread.dialogueId) ?? [], account.wwwroot),
    ]),
  )
  const entries = await entriesIn(db, account.id, conversation.key)
  withEntries(conversation, records, entries, account.userId)
  return [...records.values()]
}

/** Files the messages of a conversation into its dialogues and renews what the list shows of them. */
export async function rethread(db: Store, account: AccountRow, key: ConversationKey): Promise<void> {
  const tables = [db.conversations, db.messages, db.dialogues, db.outbox]
  await db.transaction('rw', tables, async () => {
    const conversation = await conversationOf(db, account.id, key)
    if (!conversation) return
    const records = await recordsOf(db, account, conversation)
    for (const record of records)
      record.lists = listEntries(record, account.userId, pageKeys(record, account))
    await replaceRecords(db, account.id, key, records)
  })
}

async function replaceRecords(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
  records: DialogueRecord[],
) {
  const kept = new Set(records.map(({ dialogueId }) => dialogueId))
  const there = await db.dialogues
    .where(':id')
    .between([accountId, key, ''], [accountId, key, '\uffff'])
    .toArray()
  const gone = there.filter(({ dialogueId }) => !kept.has(dialogueId))
  await db.dialogues.bulkDelete(
    gone.map(({ dialogueId }) => [accountId, key, dialogueId] as [string, string, string]),
  )
  await db.dialogues.bulkPut(records)
}
