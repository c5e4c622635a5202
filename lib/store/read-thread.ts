import type { DialogueRef } from '../dialogue/dialogue.ts'
import { answerDraftKey } from '../dialogue/draft.ts'
import { linkTextToShow } from '../dialogue/link.ts'
import { mayTakeBack, type OutboxEntry } from '../dialogue/outbox.ts'
import { messagePageUrl } from '../dialogue/page.ts'
import type { Participant } from '../dialogue/participant.ts'
import type { EntryView, MessageView, ThreadView } from '../dialogue/views.ts'
import { asTheyStand } from './arrivals.ts'
import { conversationOf } from './conversations.ts'
import type { Store } from './db.ts'
import { draftOf } from './drafts.ts'
import { markOf, marksOf } from './marks.ts'
import { messagesOfDialogue } from './messages.ts'
import { entriesIn } from './outbox.ts'
import { courseOf, peopleOf } from './people.ts'
import { placeName } from './places.ts'
import type { AccountRow, ConversationRow, DialogueRecord, MessageRow } from './rows.ts'

type People = Map<number, Participant>

function messageView(
  row: MessageRow,
  people: People,
  { account, usual }: ThreadAsk,
  record: DialogueRecord | undefined,
): MessageView {
  const { link } = row
  const text = link && linkTextToShow(link, record?.subject, usual)
  const does = link?.does
  const page = record?.url ?? messagePageUrl(account.wwwroot)
  return {
    id: row.id,
    authorId: row.authorId,
    authorName: people.get(row.authorId)?.fullName ?? '',
    mine: row.authorId === account.userId,
    html: row.html,
    timeCreated: row.timeCreated,
    unread: row.unread === 1,
    guessed: row.guessed,
    ...(text === undefined ? {} : { linkText: text }),
    ...(does === 'close' || does === 'reopen' ? { does } : {}),
    ...(row.afterClosing ? { afterClosing: true } : {}),
    hasLink: link !== undefined,
    ...(link ? { address: `${page}#dialogue=${link.dialogueId}&m=${link.m}` } : {}),
  }
}

function entryView(entry: OutboxEntry, before: OutboxEntry[]): EntryView {
  return {
    key: entry.key,
    state: entry.state,
    html: entry.html,
    timeWritten: entry.timeWritten,
    notBeforeMs: entry.notBeforeMs,
    canUndo: entry.state === 'written' && mayTakeBack(entry),
    heldBack: before.some(({ state, sendAt }) => state !== 'written' || sendAt === undefined),
    ...(entry.sendAt === undefined ? {} : { sendAt: entry.sendAt }),
    ...(entry.evenInQuietHours ? { evenInQuietHours: true } : {}),
    ...(entry.trouble ? { trouble: entry.trouble } : {}),
  }
}

function headOf(
  ref: DialogueRef,
  conversation: ConversationRow | undefined,
  record: DialogueRecord | undefined,
) {
  return {
    ref,
    kind: conversation?.kind ?? ('individual' as const),
    ...(record?.subject === undefined ? {} : { subject: record.subject }),
    ...(conversation?.name ? { groupName: conversation.name } : {}),
    state: record?.state ?? ('open' as const),
    isMuted: conversation?.isMuted ?? false,
    isFavourite: conversation?.isFavourite ?? false,
    noAnswerExpected: record?.repliesExpected === false,
    mayDeleteForAll: conversation?.mayDeleteForAll ?? false,
    ...marksOf(record?.marks),
  }
}

async function aboutOf(db: Store, ref: DialogueRef, record: DialogueRecord | undefined) {
  const [course, name] = await Promise.all([
    courseOf(db, ref.accountId, record?.courseId),
    record?.url && placeName(db, ref.accountId, record.url),
  ])
  return {
    ...(course ? { course } : {}),
    ...(record?.url && name ? { about: { url: record.url, name } } : {}),
  }
}

const hasWords = (row: MessageRow) => row.html !== '' || row.link?.does === 'close'

export interface ThreadAsk {
  account: AccountRow
  ref: DialogueRef
  limit: number
  beforeId?: number
  /** Notes are for the extension's own pages. */
  withNote?: boolean
  /** What links of the general dialogue say; anything else in them is shown. */
  usual: readonly string[]
}

async function pageOfMessages(db: Store, { ref, limit, beforeId }: ThreadAsk) {
  const messages = messagesOfDialogue(db, ref.accountId, ref.conversationKey, ref.dialogueId)
  const newestFirst = await messages(beforeId)
    .reverse()
    .limit(limit + 1)
    .toArray()
  return { rows: newestFirst.slice(0, limit).reverse(), moreHere: newestFirst.length > limit }
}

const READ = [
  'conversations',
  'dialogues',
  'messages',
  'outbox',
  'arrivals',
  'people',
  'courses',
  'places',
  'marks',
  'drafts',
]

/** What the messages call for. */
function lookUp(
  db: Store,
  { account, ref, withNote }: ThreadAsk,
  memberIds: readonly number[],
  record: DialogueRecord | undefined,
  rows: readonly MessageRow[],
) {
  const closer = record?.closedBy
  return Promise.all([
    peopleOf(db, ref.accountId, [
      ...memberIds,
      ...rows.map((row) => row.authorId),
      account.userId,
      ...(closer ? [closer.userId] : []),
    ]),
    withNote ? markOf(db, ref) : undefined,
    draftOf(db, ref.accountId, answerDraftKey(ref.conversationKey, ref.dialogueId)),
    aboutOf(db, ref, record),
  ])
}

async function read(db: Store, ask: ThreadAsk): Promise<Omit<ThreadView, 'sync' | 'canAnswer'> | undefined> {
  const { ref } = ask
  const [conversation, record, { rows, moreHere }, queue] = await Promise.all([
    conversationOf(db, ref.accountId, ref.conversationKey),
    db.dialogues.get([ref.accountId, ref.conversationKey, ref.dialogueId]),
    pageOfMessages(db, ask),
    entriesIn(db, ref.accountId, ref.conversationKey),
  ])
  if (!conversation && !record) return undefined
  const memberIds = conversation?.memberIds ?? []
  const [people, mark, draft, about] = await lookUp(db, ask, memberIds, record, rows)
  const closer = record?.closedBy
  const open = (await asTheyStand(db, queue)).filter((entry) => entry.state !== 'delivered')
  const mine = open.filter((entry) => entry.dialogueId === ref.dialogueId)
  // Forgotten words are asked for again like messages that were never held.
  const isForgotten = !rows.every(hasWords)
  const firstUnread = rows.find((row) => row.unread === 1)
  return {
    ...headOf(ref, conversation, record),
    ...about,
    people: memberIds.flatMap((id) => people.get(id) ?? []),
    ...(closer ? { closedBy: { name: people.get(closer.userId)?.fullName ?? '', time: closer.time } } : {}),
    messages: rows.filter(hasWords).map((row) => messageView(row, people, ask, record)),
    entries: mine.map((entry) => entryView(entry, blockersOf(entry, open))),
    older: moreHere || (conversation?.complete !== true && (record?.openerId === undefined || isForgotten)),
    ...(firstUnread ? { firstUnreadId: firstUnread.id } : {}),
    ...(draft ? { draft } : {}),
    ...(mark?.note ? { note: mark.note } : {}),
  }
}

/** The newest messages of a dialogue with what is on its way; reads one screenful, whatever the length. */
export function readThread(
  db: Store,
  ask: ThreadAsk,
): Promise<Omit<ThreadView, 'sync' | 'canAnswer'> | undefined> {
  return db.transaction('r', READ, async () => read(db, ask))
}

/** Refused entries wait for the person and hold nobody back. */
function blockersOf(entry: OutboxEntry, queue: OutboxEntry[]): OutboxEntry[] {
  return queue.filter(
    (other) =>
      other.position < entry.position && (other.state === 'unconfirmed' || other.state === 'sending'),
  )
}
