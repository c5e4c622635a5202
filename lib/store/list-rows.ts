import type { AccountId } from '../dialogue/dialogue.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import type { DialogueRow } from '../dialogue/views.ts'
import type { Store } from './db.ts'
import { isInList, scopeAll } from './lists.ts'
import { marksOf } from './marks.ts'
import { entriesAs, firstSending } from './outbox.ts'
import { peopleOf } from './people.ts'
import type { AccountRow, ConversationRow, DialogueRecord } from './rows.ts'

const STATES = ['refused', 'unconfirmed', 'sending', 'written'] as const
/** Of those on their way, the one that a person wrote; a rule has a thousand, to dialogues that are in no list yet. */
const FEW = STATES.filter((state) => state !== 'sending')

function worst(entries: OutboxEntry[]): DialogueRow['outbox'] {
  return STATES.find((state) => entries.some((entry) => entry.state === state))
}

interface Around {
  conversation: ConversationRow | undefined
  entries: OutboxEntry[]
}

function peopleIds(record: DialogueRecord, around: Around): number[] {
  return [
    ...(around.conversation?.memberIds ?? []),
    ...(record.lastAuthorId === undefined ? [] : [record.lastAuthorId]),
  ]
}

/** Makes the rows of one account; a handful of look-ups for all of them together. */
export async function rowsOf(
  db: Store,
  account: AccountRow,
  records: DialogueRecord[],
): Promise<DialogueRow[]> {
  const keys = records.map(({ key }) => [account.id, key] as [string, string])
  const [conversations, few, sending, names] = await Promise.all([
    db.conversations.bulkGet(keys),
    entriesAs(db, account.id, FEW),
    firstSending(db, account.id),
    namesFor(db, account.id, records),
  ])
  const entries = sending ? [...few, sending] : few
  const around = records.map((record, i): Around => {
    const own = (entry: OutboxEntry) =>
      entry.conversationKey === record.key && entry.dialogueId === record.dialogueId
    return { conversation: conversations[i], entries: entries.filter(own) }
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

function aboutOf(record: DialogueRecord, { courses, places }: Names) {
  const { courseId, url } = record
  const place = url && places.get(url)
  return {
    ...(courseId === undefined ? {} : { course: { id: courseId, name: courses.get(courseId) ?? '' } }),
    ...(url && place ? { about: { url, name: place } } : {}),
  }
}

function lastWordOf(record: DialogueRecord, { userId }: AccountRow, people: People) {
  const { lastAuthorId, lastText } = record
  const author = lastAuthorId === undefined ? undefined : people.get(lastAuthorId)?.fullName
  if (!lastText) return {}
  return {
    snippet: { mine: lastAuthorId === userId, text: lastText, ...(author ? { authorName: author } : {}) },
  }
}

function rowOf(account: AccountRow, record: DialogueRecord, around: Around, names: Names): DialogueRow {
  const { conversation } = around
  const { people } = names
  const others = (conversation?.memberIds ?? []).filter(
    (id) => id !== account.userId || record.kind === 'self',
  )
  const outbox = worst(around.entries)
  const later = around.entries.find(({ sendAt }) => sendAt !== undefined)?.sendAt
  return {
    ref: { accountId: account.id, conversationKey: record.key, dialogueId: record.dialogueId },
    kind: record.kind,
    people: others.flatMap((id) => people.get(id) ?? []),
    ...(record.subject === undefined ? {} : { subject: record.subject }),
    ...(conversation?.name ? { groupName: conversation.name } : {}),
    ...lastWordOf(record, account, people),
    timeLast: record.timeLast,
    unread: record.unread,
    state: record.state,
    needsAnswer: isInList(record, scopeAll, 'needs-answer'),
    waiting: isInList(record, scopeAll, 'waiting'),
    ...aboutOf(record, names),
    ...(outbox ? { outbox } : {}),
    ...(outbox === 'written' && later !== undefined ? { sendAt: later } : {}),
    hasDraft: record.hasDraft === true,
    isMuted: conversation?.isMuted ?? false,
    isFavourite: conversation?.isFavourite ?? false,
    ...marksOf(record.marks),
  }
}
