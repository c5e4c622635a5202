import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { changeConversation, conversationOf } from '../../lib/store/conversations.ts'
import { rethread } from '../../lib/store/rethread.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { troubleOf } from '../../lib/sync/trouble.ts'
import { type Connection, isTrouble } from '../../lib/sync/world.ts'
import { store, world } from './worker.ts'

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

async function isBlockedNow({ moodle }: Connection, me: number, userId: number): Promise<boolean> {
  const [member] = await moodle.call('core_message_get_member_info', {
    referenceuserid: me,
    userids: [userId],
    includecontactrequests: false,
    includeprivacyinfo: true,
  })
  return member?.isblocked ?? false
}

/** Of who may write to this person anyway, as a teacher may, Moodle blocks nobody, and does not say so. */
const USELESS: Trouble = { kind: 'not-permitted', mender: 'nobody' }

/** Moodle's own: a blocked person can write no more. */
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
    if (!blocked) await moodle.call('core_message_unblock_user', { userid, unblockeduserid: userId })
    else await moodle.call('core_message_block_user', { userid, blockeduserid: userId })
    return blocked && !(await isBlockedNow(connection, userid, userId)) ? USELESS : undefined
  } catch (error) {
    return troubleOf(error)
  }
}
