import { type ConversationKey, personOf, SELF } from '../dialogue/dialogue.ts'
import type { Participant } from '../dialogue/participant.ts'
import { changeConversation, conversationOf } from '../store/conversations.ts'
import { inOneStep } from '../store/db.ts'
import {
  dropMissing,
  knownIds,
  messagesIn,
  newestId,
  putMessages,
  type ReadMessage,
} from '../store/messages.ts'
import { putPeople } from '../store/people.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow, ConversationRow } from '../store/rows.ts'
import { syncOf } from '../store/sync-state.ts'
import { agreeWithCount } from '../store/unread.ts'
import { conversationChange, keyOf, type MoodleConversation, message, participant } from './from-moodle.ts'
import { settleByWhatIsHeld } from './proof.ts'
import type { Connection, World } from './world.ts'

const NEWEST = 30
const OLDER = 50
/** A deletion moves the pages under us; overlapping ones leave no gap. */
const OVERLAP = 5
const LONGEST_GAP = 20

const RECENT = { messagelimit: NEWEST, messageoffset: 0, newestmessagesfirst: true }

/** Asks for one conversation with its newest messages. */
async function ask(
  { moodle }: Connection,
  account: AccountRow,
  key: ConversationKey,
  conversationId?: number,
): Promise<MoodleConversation> {
  const userid = account.userId
  if (key === SELF) return moodle.call('core_message_get_self_conversation', { userid, ...RECENT })
  const privacy = {
    includecontactrequests: false,
    includeprivacyinfo: true,
    memberlimit: 20,
    memberoffset: 0,
  }
  const otheruserid = personOf(key)
  if (otheruserid !== undefined)
    return moodle.call('core_message_get_conversation_between_users', {
      userid,
      otheruserid,
      ...privacy,
      ...RECENT,
    })
  return moodle.call('core_message_get_conversation', {
    userid,
    conversationid: conversationId ?? Number(key.slice(1)),
    ...privacy,
    ...RECENT,
  })
}

/** Keeps one conversation as the site shows it: members, settings, and the messages that came along. */
export async function keepConversation(
  world: World,
  account: AccountRow,
  conversation: MoodleConversation,
  key = keyOf(conversation, account.userId),
) {
  const there = await conversationOf(world.store, account.id, key)
  await putPeople(world.store, account.id, conversation.members.map(participant))
  await changeConversation(world.store, account.id, key, conversationChange(conversation, there))
  await putMessages(
    world.store,
    account.id,
    key,
    conversation.messages.map((row) => message(row, account)),
  )
  return key
}

/** As `keepConversation`, for a page of the list, where the count of unread ones comes along. */
export async function keepListed(
  world: World,
  account: AccountRow,
  conversation: MoodleConversation,
): Promise<void> {
  await inOneStep(world.store, async () => {
    const key = await keepConversation(world, account, conversation)
    await agreeOnCount(world, account, key, conversation.unreadcount ?? 0)
    await settleByWhatIsHeld(world, account, key)
    await rethread(world.store, account, key)
  })
}

async function olderPage({ moodle }: Connection, account: AccountRow, convid: number, limitfrom: number) {
  const { messages, members } = await moodle.call('core_message_get_conversation_messages', {
    currentuserid: account.userId,
    convid,
    limitfrom,
    limitnum: OLDER,
    newest: true,
  })
  return { messages, people: members.map(participant) }
}

interface Stretch {
  messages: ReadMessage[]
  people: Participant[]
  /** Whether it reaches back to what was held before. */
  isClosed: boolean
}

/** Reads on backwards until what was held before is reached, so that no stretch between is missing. */
async function readGap(
  connection: Connection,
  account: AccountRow,
  conversationId: number,
  heldTo: number,
): Promise<Stretch> {
  const stretch: Stretch = { messages: [], people: [], isClosed: false }
  let limitfrom = NEWEST - OVERLAP
  for (let pages = 0; pages < LONGEST_GAP && !stretch.isClosed; pages++) {
    const { messages, people } = await olderPage(connection, account, conversationId, limitfrom)
    stretch.messages.push(...messages.map((each) => message(each, account)))
    stretch.people.push(...people)
    stretch.isClosed = messages.length < OLDER || messages.some(({ id }) => id <= heldTo)
    limitfrom += OLDER - OVERLAP
  }
  return stretch
}

async function agreeOnCount(
  world: World,
  account: AccountRow,
  key: ConversationKey,
  count: number,
): Promise<void> {
  const { readsToTell } = await syncOf(world.store, account.id)
  const conversation = await conversationOf(world.store, account.id, key)
  const heldFromId = conversation?.heldFromId ?? (await newestId(world.store, account.id, key)) ?? 0
  await agreeWithCount(world.store, account.id, key, {
    me: account.userId,
    count,
    notThese: new Set(readsToTell),
    heldFromId,
  })
}

interface Reading {
  key: ConversationKey
  before: ConversationRow | undefined
  /** The newest that was held when the site was asked. */
  newestBefore: number | undefined
  conversation: MoodleConversation
  gap?: Stretch
}

/** Up to where everything was held; what was sent from here since is held too, beyond a gap perhaps. */
function heldToOf({ before, newestBefore }: Pick<Reading, 'before' | 'newestBefore'>): number | undefined {
  return before?.heldFromId === undefined ? undefined : (before.heldToId ?? newestBefore)
}

async function read(
  world: World,
  connection: Connection,
  account: AccountRow,
  key: ConversationKey,
): Promise<Reading> {
  const before = await conversationOf(world.store, account.id, key)
  const newestBefore = await newestId(world.store, account.id, key)
  const conversation = await ask(connection, account, key, before?.conversationId)
  const reading = { key, before, newestBefore, conversation }
  const heldTo = heldToOf(reading)
  const oldest = Math.min(...conversation.messages.map(({ id }) => id))
  if (conversation.messages.length < NEWEST || heldTo === undefined || heldTo >= oldest) return reading
  return { ...reading, gap: await readGap(connection, account, conversation.id, heldTo) }
}

/** What is held without a gap after a reading. */
function heldAfter({ before, conversation, gap }: Reading, ids: number[]): Partial<ConversationRow> {
  if (ids.length === 0) return {}
  const heldToId = Math.max(...ids)
  const isJoined = gap ? gap.isClosed : before?.heldFromId !== undefined
  if (conversation.messages.length < NEWEST) return { heldFromId: Math.min(...ids), heldToId, complete: true }
  if (isJoined) return { heldToId }
  return { heldFromId: Math.min(...ids), heldToId, ...(gap ? { complete: false } : {}) }
}

async function keep(world: World, account: AccountRow, reading: Reading): Promise<void> {
  const { store } = world
  const { key, conversation, gap, newestBefore = 0 } = reading
  await keepConversation(world, account, conversation, key)
  await putPeople(store, account.id, gap?.people ?? [])
  await putMessages(store, account.id, key, gap?.messages ?? [])
  await settleByWhatIsHeld(world, account, key)
  const shown = [...conversation.messages, ...(gap?.messages ?? [])].map(({ id }) => id)
  const isWhole = conversation.messages.length < NEWEST
  // What was sent from here while the answer was on its way is later than either, and stays.
  const toId = Math.max(newestBefore, ...shown)
  await dropMissing(store, account.id, key, isWhole ? 0 : Math.min(...shown), toId, new Set(shown))
  const settings = isWhole ? { complete: true } : {}
  await changeConversation(store, account.id, key, { ...settings, ...heldAfter(reading, shown) })
  await agreeOnCount(world, account, key, conversation.unreadcount ?? 0)
  await rethread(store, account, key)
}

/** Renews one conversation: the newest messages, deletions among them, and everything since the last time. */
export async function pullConversation(
  world: World,
  connection: Connection,
  account: AccountRow,
  key: ConversationKey,
): Promise<void> {
  const reading = await read(world, connection, account, key)
  await inOneStep(world.store, () => keep(world, account, reading))
  world.changed(account.id, ['dialogues', 'thread'], key)
}

/** Loads the stretch before what is held. */
export async function pullOlder(
  world: World,
  connection: Connection,
  account: AccountRow,
  key: ConversationKey,
): Promise<void> {
  const { store } = world
  const row = await conversationOf(store, account.id, key)
  if (!row || row.complete) return
  if (row.conversationId === undefined || row.heldFromId === undefined)
    return pullConversation(world, connection, account, key)
  const held = await messagesIn(store, account.id, key)
    .filter(({ id }) => id >= (row.heldFromId ?? 0))
    .count()
  const { messages, people } = await pageBefore(connection, account, row.conversationId, row.heldFromId, held)
  await inOneStep(store, async () => {
    await putPeople(store, account.id, people)
    const older = messages.map((each) => message(each, account))
    await putMessages(store, account.id, key, older)
    const heldFromId = Math.min(row.heldFromId ?? 0, ...messages.map(({ id }) => id))
    const complete = messages.length < OLDER
    await changeConversation(store, account.id, key, { heldFromId, complete, historyWanted: false })
    await rethread(store, account, key)
  })
  world.changed(account.id, ['dialogues', 'thread'], key)
}

/** The page that joins what is held; where deletions moved the pages too far, the one after it. */
async function pageBefore(
  connection: Connection,
  account: AccountRow,
  conversationId: number,
  heldFrom: number,
  held: number,
) {
  let limitfrom = Math.max(0, held - OVERLAP)
  for (;;) {
    const page = await olderPage(connection, account, conversationId, limitfrom)
    if (limitfrom === 0 || page.messages.some(({ id }) => id >= heldFrom)) return page
    limitfrom = Math.max(0, limitfrom - OLDER + OVERLAP)
  }
}

/** Those conversations that a set of messages belongs to and that do not hold them yet. */
export async function keysToPull(
  world: World,
  account: AccountRow,
  rows: { id: number; with: number }[],
): Promise<ConversationKey[]> {
  const known = await knownIds(
    world.store,
    account.id,
    rows.map(({ id }) => id),
  )
  const unknown = rows.filter(({ id }) => !known.has(id))
  return [...new Set(unknown.map((row) => (row.with === account.userId ? SELF : `u${row.with}`)))]
}
