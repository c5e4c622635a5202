import { type ConversationKey, personOf, SELF } from '../dialogue/dialogue.ts'
import { changeConversation, conversationOf } from '../store/conversations.ts'
import { inOneStep } from '../store/db.ts'
import { newestId, putMessages } from '../store/messages.ts'
import { putPeople } from '../store/people.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
import { syncOf } from '../store/sync-state.ts'
import { agreeWithCount } from '../store/unread.ts'
import { conversationChange, keyOf, type MoodleConversation, message, participant } from './from-moodle.ts'
import { settleByWhatIsHeld } from './proof.ts'
import type { Connection, World } from './world.ts'

/** So many of the newest messages come along with a conversation. */
export const NEWEST = 30

const RECENT = { messagelimit: NEWEST, messageoffset: 0, newestmessagesfirst: true }

/** Asks for one conversation with its newest messages. */
export async function askConversation(
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
  toldSince: () => number[],
): Promise<void> {
  await inOneStep(world.store, async () => {
    const key = await keepConversation(world, account, conversation)
    await agreeOnCount(world, account, key, conversation.unreadcount ?? 0, toldSince())
    await settleByWhatIsHeld(world, account, key)
    await rethread(world.store, account, key)
  })
}

/** How many are unread; which of them is told elsewhere. `toldSince`: read, and told while the answer was on its way. */
export async function agreeOnCount(
  world: World,
  account: AccountRow,
  key: ConversationKey,
  count: number,
  toldSince: readonly number[],
): Promise<void> {
  const { readsToTell, unreadKnownToId = 0 } = await syncOf(world.store, account.id)
  const conversation = await conversationOf(world.store, account.id, key)
  const heldFromId = conversation?.heldFromId ?? (await newestId(world.store, account.id, key)) ?? 0
  await agreeWithCount(world.store, account.id, key, {
    me: account.userId,
    count,
    notThese: new Set([...readsToTell, ...toldSince]),
    heldFromId,
    complete: conversation?.complete === true,
    knownToId: unreadKnownToId,
  })
}
