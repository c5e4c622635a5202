import type { AccountId } from '../dialogue/dialogue.ts'
import { answerDraftKey } from '../dialogue/draft.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import type { DialogueList, DialogueRow, Filter } from '../dialogue/views.ts'
import type { Store } from './db.ts'
import { entryIn, listPrefix, listRange, rankOfEntry, scopeAll } from './lists.ts'
import { entriesOf } from './outbox.ts'
import { courseOf, peopleOf } from './people.ts'
import { placeName } from './places.ts'
import type { AccountRow, ConversationRow, DialogueRecord } from './rows.ts'

export interface ListAsk {
  accounts: AccountRow[]
  scope: string
  filter: Filter
  limit: number
  cursor?: string
}

interface Found {
  record: DialogueRecord
  account: AccountRow
  entry: string
}

/** Where each account's list goes on: the cursor of a list over all of them. */
type Cursor = Record<AccountId, string>

function range(db: Store, prefix: string, cursor?: string) {
  const [lower, upper] = listRange(prefix, cursor)
  return db.dialogues.where('lists').between(lower, upper, true, false)
}

async function recordsOf(db: Store, account: AccountRow, ask: ListAsk, cursor?: string): Promise<Found[]> {
  const prefix = listPrefix(account.id, ask.scope, ask.filter)
  const records = await range(db, prefix, cursor).reverse().limit(ask.limit).toArray()
  return records.map((record) => ({ record, account, entry: entryIn(record, prefix) ?? '' }))
}

function nextCursor(shown: Found[], before: Cursor): string {
  return JSON.stringify({
    ...before,
    ...Object.fromEntries(shown.map(({ account, entry }) => [account.id, entry])),
  })
}

const STATES = ['refused', 'unconfirmed', 'sending', 'written'] as const

function worst(entries: OutboxEntry[]): DialogueRow['outbox'] {
  return STATES.find((state) => entries.some((entry) => entry.state === state))
}

interface Around {
  conversation: ConversationRow | undefined
  entries: OutboxEntry[]
  hasDraft: boolean
}

function peopleIds(record: DialogueRecord, around: Around): number[] {
  return [
    ...(around.conversation?.memberIds ?? []),
    ...(record.lastAuthorId === undefined ? [] : [record.lastAuthorId]),
  ]
}

/** Makes the rows of one account; a handful of look-ups for all of them together. */
async function rowsOf(db: Store, account: AccountRow, records: DialogueRecord[]): Promise<DialogueRow[]> {
  const keys = records.map(({ key }) => [account.id, key] as [string, string])
  const draftKeys = records.map(
    (record) => [account.id, answerDraftKey(record.key, record.dialogueId)] as [string, string],
  )
  const [conversations, drafts, entries] = await Promise.all([
    db.conversations.bulkGet(keys),
    db.drafts.bulkGet(draftKeys),
    entriesOf(db, account.id),
  ])
  const around = records.map((record, i): Around => {
    const own = (entry: OutboxEntry) =>
      entry.conversationKey === record.key && entry.dialogueId === record.dialogueId
    return { conversation: conversations[i], entries: entries.filter(own), hasDraft: drafts[i] !== undefined }
  })
  const people = await peopleOf(
    db,
    account.id,
    records.flatMap((record, i) => peopleIds(record, around[i] as Around)),
  )
  return Promise.all(records.map((record, i) => rowOf(db, account, record, around[i] as Around, people)))
}

type People = Awaited<ReturnType<typeof peopleOf>>

async function rowOf(
  db: Store,
  account: AccountRow,
  record: DialogueRecord,
  around: Around,
  people: People,
): Promise<DialogueRow> {
  const { conversation, hasDraft } = around
  const others = (conversation?.memberIds ?? []).filter(
    (id) => id !== account.userId || record.kind === 'self',
  )
  const mine = record.lastAuthorId === account.userId
  const author = record.lastAuthorId === undefined ? undefined : people.get(record.lastAuthorId)?.fullName
  const course = await courseOf(db, account.id, record.courseId)
  const place = record.url && (await placeName(db, account.id, record.url))
  const outbox = worst(around.entries)
  return {
    ref: { accountId: account.id, conversationKey: record.key, dialogueId: record.dialogueId },
    kind: record.kind,
    people: others.flatMap((id) => people.get(id) ?? []),
    ...(record.subject === undefined ? {} : { subject: record.subject }),
    ...(conversation?.name ? { groupName: conversation.name } : {}),
    ...(record.lastText
      ? { snippet: { mine, text: record.lastText, ...(author ? { authorName: author } : {}) } }
      : {}),
    timeLast: record.timeLast,
    unread: record.unread,
    state: record.state,
    needsAnswer: record.lists.some((entry) => entry.includes('needs-answer')),
    waiting: record.lists.some((entry) => entry.includes('waiting')),
    ...(course ? { course } : {}),
    ...(record.url && place ? { about: { url: record.url, name: place } } : {}),
    ...(outbox ? { outbox } : {}),
    hasDraft,
    isMuted: conversation?.isMuted ?? false,
    isFavourite: conversation?.isFavourite ?? false,
  }
}

async function counts(db: Store, ask: ListAsk): Promise<DialogueList['counts']> {
  const count = async (filter: Filter) => {
    const each = ask.accounts.map((account) => range(db, listPrefix(account.id, ask.scope, filter)).count())
    return (await Promise.all(each)).reduce((sum, n) => sum + n, 0)
  }
  const [unread, needsAnswer, waiting] = await Promise.all([
    count('unread'),
    count('needs-answer'),
    count('waiting'),
  ])
  return { unread, needsAnswer, waiting }
}

async function inOrder(db: Store, shown: Found[]): Promise<DialogueRow[]> {
  const accounts = [...new Set(shown.map(({ account }) => account))]
  const rows = new Map<DialogueRecord, DialogueRow>()
  for (const account of accounts) {
    const records = shown.filter((found) => found.account === account).map(({ record }) => record)
    const made = await rowsOf(db, account, records)
    made.forEach((row, i) => {
      rows.set(records[i] as DialogueRecord, row)
    })
  }
  return shown.flatMap(({ record }) => rows.get(record) ?? [])
}

/** A screenful of a list: reads that many index entries an account, whatever the list's length. */
export async function readList(db: Store, ask: ListAsk): Promise<Omit<DialogueList, 'sync'>> {
  const before: Cursor = ask.cursor ? JSON.parse(ask.cursor) : {}
  const each = await Promise.all(
    ask.accounts.map((account) => recordsOf(db, account, ask, before[account.id])),
  )
  const found = each.flat().sort((a, b) => (rankOfEntry(a.entry) < rankOfEntry(b.entry) ? 1 : -1))
  const shown = found.slice(0, ask.limit)
  const [rows, numbers] = await Promise.all([inOrder(db, shown), counts(db, ask)])
  const more = found.length > shown.length || each.some((records) => records.length === ask.limit)
  return {
    rows,
    counts: numbers,
    ...(more && shown.length > 0 ? { next: nextCursor(shown.toReversed(), before) } : {}),
  }
}

/** Dialogues with something unread, muted ones left out: the badge's number. */
export async function unreadDialogues(db: Store, accountId: AccountId): Promise<number> {
  const records = await range(db, listPrefix(accountId, scopeAll, 'unread')).toArray()
  const keys = records.map(({ key }) => [accountId, key] as [string, string])
  const conversations = await db.conversations.bulkGet(keys)
  return conversations.filter((conversation) => !conversation?.isMuted).length
}
