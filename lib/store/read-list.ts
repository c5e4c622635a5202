import Dexie from 'dexie'
import type { AccountId } from '../dialogue/dialogue.ts'
import { answerDraftKey } from '../dialogue/draft.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import type { DialogueList, DialogueRow, Filter } from '../dialogue/views.ts'
import type { Store } from './db.ts'
import { entryIn, listPrefix, listRange, rankOfEntry, scopeAll } from './lists.ts'
import { entriesOf } from './outbox.ts'
import { peopleOf } from './people.ts'
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
  const [conversations, drafts, entries, names] = await Promise.all([
    db.conversations.bulkGet(keys),
    db.drafts.bulkGet(draftKeys),
    entriesOf(db, account.id),
    namesFor(db, account.id, records),
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
  return records.map((record, i) => rowOf(account, record, around[i] as Around, { ...names, people }))
}

/** Many rows share a course and a page; each name is looked up once. */
async function namesFor(db: Store, accountId: AccountId, records: DialogueRecord[]) {
  const courseIds = [...new Set(records.flatMap(({ courseId }) => courseId ?? []))]
  const urls = [...new Set(records.flatMap(({ url }) => url ?? []))]
  const [courses, places] = await Promise.all([
    db.courses.bulkGet(courseIds.map((id) => [accountId, id] as [string, number])),
    db.places.bulkGet(urls.map((url) => [accountId, url] as [string, string])),
  ])
  return {
    courses: new Map(courseIds.map((id, i) => [id, courses[i]?.name ?? ''])),
    places: new Map(urls.map((url, i) => [url, places[i]?.name])),
  }
}

type Names = Awaited<ReturnType<typeof namesFor>> & { people: People }

type People = Awaited<ReturnType<typeof peopleOf>>

function rowOf(
  account: AccountRow,
  record: DialogueRecord,
  around: Around,
  { people, courses, places }: Names,
): DialogueRow {
  const { conversation, hasDraft } = around
  const others = (conversation?.memberIds ?? []).filter(
    (id) => id !== account.userId || record.kind === 'self',
  )
  const mine = record.lastAuthorId === account.userId
  const author = record.lastAuthorId === undefined ? undefined : people.get(record.lastAuthorId)?.fullName
  const courseId = record.courseId
  const course = courseId === undefined ? undefined : { id: courseId, name: courses.get(courseId) ?? '' }
  const place = record.url && places.get(record.url)
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

/** Counting a thousand index entries takes the browser 10 ms; the worker alone writes, so it knows when to count again. */
const counted = new Map<string, Promise<number>>()

Dexie.on('storagemutated', (parts) => {
  if (Object.keys(parts).some((part) => part.includes('/dialogues/'))) counted.clear()
})

function countOf(db: Store, prefix: string): Promise<number> {
  const place = db.name + prefix
  const known = counted.get(place)
  if (known) return known
  const counting = Promise.resolve(range(db, prefix).count())
  counted.set(place, counting)
  counting.catch(() => counted.delete(place))
  return counting
}

async function counts(db: Store, ask: ListAsk): Promise<DialogueList['counts']> {
  const count = async (filter: Filter) => {
    const each = ask.accounts.map((account) => countOf(db, listPrefix(account.id, ask.scope, filter)))
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
  const tables = [db.dialogues, db.conversations, db.people, db.courses, db.places, db.drafts, db.outbox]
  const [page, numbers] = await Promise.all([
    db.transaction('r', tables, () => readRows(db, ask)),
    counts(db, ask),
  ])
  return { ...page, counts: numbers }
}

async function readRows(db: Store, ask: ListAsk) {
  const before: Cursor = ask.cursor ? JSON.parse(ask.cursor) : {}
  const each = await Promise.all(
    ask.accounts.map((account) => recordsOf(db, account, ask, before[account.id])),
  )
  const found = each.flat().sort((a, b) => (rankOfEntry(a.entry) < rankOfEntry(b.entry) ? 1 : -1))
  const shown = found.slice(0, ask.limit)
  const rows = await inOrder(db, shown)
  const more = found.length > shown.length || each.some((records) => records.length === ask.limit)
  return { rows, ...(more && shown.length > 0 ? { next: nextCursor(shown.toReversed(), before) } : {}) }
}

/** Dialogues with something unread, muted ones left out: the badge's number. */
export async function unreadDialogues(db: Store, accountId: AccountId): Promise<number> {
  const records = await range(db, listPrefix(accountId, scopeAll, 'unread')).toArray()
  const keys = records.map(({ key }) => [accountId, key] as [string, string])
  const conversations = await db.conversations.bulkGet(keys)
  return conversations.filter((conversation) => !conversation?.isMuted).length
}
