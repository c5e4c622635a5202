import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { Recipient } from '../../lib/dialogue/views.ts'
import type { Protocol } from '../../lib/extension/protocol.ts'
import { changeConversation, conversationOf } from '../../lib/store/conversations.ts'
import { rethread } from '../../lib/store/rethread.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { troubleOf } from '../../lib/sync/trouble.ts'
import { type Connection, isTrouble } from '../../lib/sync/world.ts'
import { store, world } from './worker.ts'

const SHOWN = 12

/** People of the course whose name holds what was typed; without a course, people one may write to anywhere. */
async function search(
  { moodle }: Connection,
  account: AccountRow,
  courseid: number | undefined,
  typed: string,
) {
  if (courseid === undefined || courseid <= 1) {
    const found = await moodle.call('core_message_message_search_users', {
      userid: account.userId,
      search: typed,
      limitfrom: 0,
      limitnum: SHOWN,
    })
    return [...found.contacts, ...found.noncontacts].map(({ id, fullname }) => ({ id, fullName: fullname }))
  }
  const ask = { courseid, search: typed, searchanywhere: true, page: 0, perpage: SHOWN + 1 }
  const users = await moodle.call('core_enrol_search_users', ask)
  return users.map(({ id, fullname }) => ({ id, fullName: fullname ?? '' }))
}

/** Who of them would refuse, as the site says before anything is written. */
async function withReach(
  { moodle }: Connection,
  account: AccountRow,
  people: Recipient[],
): Promise<Recipient[]> {
  if (people.length === 0) return []
  const ask = {
    referenceuserid: account.userId,
    userids: people.map(({ id }) => id),
    includecontactrequests: false,
    includeprivacyinfo: true,
  }
  const members = await moodle.call('core_message_get_member_info', ask)
  return people.map((person) => {
    const member = members.find(({ id }) => id === person.id)
    const picture = member?.profileimageurlsmall ? { pictureUrl: member.profileimageurlsmall } : {}
    if (member?.canmessage !== false) return { ...person, ...picture }
    const requiresContact = member.requirescontact === true
    return {
      ...person,
      ...picture,
      canMessage: false,
      requiresContact,
      trouble: { kind: 'recipient-refuses', mender: 'nobody' },
    }
  })
}

export async function recipients(
  account: AccountRow,
  ask: Parameters<Protocol['recipients']>[0],
): Promise<Recipient[]> {
  const connection = await world.connect(account)
  const typed = ask.typed.trim()
  if (isTrouble(connection) || (typed === '' && ask.courseId === undefined)) return []
  const found = await search(connection, account, ask.courseId, typed).catch(() => [])
  const others = found.filter(({ id }) => id !== account.userId).slice(0, SHOWN)
  return withReach(connection, account, others).catch(() => others)
}

type Setting = { isMuted: boolean } | { isFavourite: boolean }

function tell({ moodle }: Connection, userid: number, id: number, setting: Setting): Promise<unknown> {
  const many = { userid, conversationids: [id] }
  const favourites = { userid, conversations: [id] }
  if ('isMuted' in setting)
    return setting.isMuted
      ? moodle.call('core_message_mute_conversations', many)
      : moodle.call('core_message_unmute_conversations', many)
  return setting.isFavourite
    ? moodle.call('core_message_set_favourite_conversations', favourites)
    : moodle.call('core_message_unset_favourite_conversations', favourites)
}

/** Muted and starred are Moodle's own marks of the whole conversation. */
export async function changeConversationSetting(
  account: AccountRow,
  { conversationKey }: DialogueRef,
  setting: Setting,
): Promise<Trouble | undefined> {
  const connection = await world.connect(account)
  if (isTrouble(connection)) return connection
  const conversation = await conversationOf(store, account.id, conversationKey)
  if (conversation?.conversationId === undefined) return { kind: 'unknown', mender: 'wait' }
  try {
    await tell(connection, account.userId, conversation.conversationId, setting)
  } catch (error) {
    return troubleOf(error)
  }
  await changeConversation(store, account.id, conversationKey, setting)
  await rethread(store, account, conversationKey)
  world.changed(account.id, ['dialogues', 'thread'], conversationKey)
  return undefined
}

/** Moodle's own: a blocked person can write no more, unless they teach one. */
export async function block(
  account: AccountRow,
  userId: number,
  blocked: boolean,
): Promise<Trouble | undefined> {
  const connection = await world.connect(account)
  if (isTrouble(connection)) return connection
  const { moodle } = connection
  const userid = account.userId
  try {
    if (blocked) await moodle.call('core_message_block_user', { userid, blockeduserid: userId })
    else await moodle.call('core_message_unblock_user', { userid, unblockeduserid: userId })
  } catch (error) {
    return troubleOf(error)
  }
  return undefined
}
