import { type ConversationKey, personOf, SELF } from '../dialogue/dialogue.ts'
import { changeConversation, conversationOf } from '../store/conversations.ts'
import { dropMissing, knownIds, messagesIn, newestId, putMessages } from '../store/messages.ts'
import { putPeople } from '../store/people.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow, ConversationRow } from '../store/rows.ts'
import { syncOf } from '../store/sync-state.ts'
import { agreeWithCount } from '../store/unread.ts'
import { conversationChange, keyOf, type MoodleConversation, message, participant } from './from-moodle.ts'
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
  const key = await keepConversation(world, account, conversation)
  await agreeOnCount(world, account, key, conversation.unreadcount ?? 0)
  await rethread(world.store, account, key)
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

/** Reads on backwards until what was held before is reached, so that no stretch between is missing. */
async function closeGap(
  world: World,
  connection: Connection,
  account: AccountRow,
  row: ConversationRow,
  heldFrom: number,
) {
  let limitfrom = NEWEST - OVERLAP
  for (let pages = 0; pages < LONGEST_GAP; pages++) {
    const { messages, people } = await olderPage(connection, account, row.conversationId ?? 0, limitfrom)
    await putPeople(world.store, account.id, people)
    await putMessages(
      world.store,
      account.id,
      row.key,
      messages.map((each) => message(each, account)),
    )
    if (messages.length < OLDER || messages.some(({ id }) => id <= heldFrom)) return
    limitfrom += OLDER - OVERLAP
  }
}

async function agreeOnCount(
  world: World,
  account: AccountRow,
  key: ConversationKey,
  count: number,
): Promise<void> {
  const { readsToTell } = await syncOf(world.store, account.id)
  await agreeWithCount(world.store, account.id, key, {
    me: account.userId,
    count,
    notThese: new Set(readsToTell),
  })
}

/** Renews one conversation: the newest messages, deletions among them, and everything since the last time. */
export async function pullConversation(
  world: World,
  connection: Connection,
  account: AccountRow,
  key: ConversationKey,
): Promise<void> {
  const { store } = world
  const before = await conversationOf(store, account.id, key)
  const newestBefore = await newestId(store, account.id, key)
  const conversation = await ask(connection, account, key, before?.conversationId)
  await keepConversation(world, account, conversation, key)
  const ids = conversation.messages.map(({ id }) => id)
  const oldest = Math.min(...ids)
  const whole = conversation.messages.length < NEWEST
  const row = await changeConversation(store, account.id, key, whole ? { complete: true } : {})
  const isHeld = before?.heldFromId !== undefined && newestBefore !== undefined
  if (!whole && isHeld && newestBefore < oldest) await closeGap(world, connection, account, row, newestBefore)
  // What was sent from here while the answer was on its way is later than either, and stays.
  await dropMissing(
    store,
    account.id,
    key,
    whole ? 0 : oldest,
    Math.max(newestBefore ?? 0, ...ids),
    new Set(ids),
  )
  await changeConversation(store, account.id, key, heldFromOf(before, ids, oldest))
  await agreeOnCount(world, account, key, conversation.unreadcount ?? 0)
  await rethread(store, account, key)
  world.changed(account.id, ['dialogues', 'thread'], key)
}

function heldFromOf(
  before: ConversationRow | undefined,
  ids: number[],
  oldest: number,
): Partial<ConversationRow> {
  if (before?.heldFromId !== undefined || ids.length === 0) return {}
  return { heldFromId: oldest }
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
  const { messages, people } = await olderPage(
    connection,
    account,
    row.conversationId,
    Math.max(0, held - OVERLAP),
  )
  await putPeople(store, account.id, people)
  await putMessages(
    store,
    account.id,
    key,
    messages.map((each) => message(each, account)),
  )
  const oldest = Math.min(row.heldFromId, ...messages.map(({ id }) => id))
  await changeConversation(store, account.id, key, {
    heldFromId: oldest,
    complete: messages.length < OLDER,
    historyWanted: false,
  })
  await rethread(store, account, key)
  world.changed(account.id, ['dialogues', 'thread'], key)
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
