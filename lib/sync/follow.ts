import type { Addressed, NotLooked } from '../dialogue/address.ts'
import type { AccountId, DialogueId, DialogueRef } from '../dialogue/dialogue.ts'
import { conversationWithId } from '../store/conversations.ts'
import { messagesOfDialogue } from '../store/messages.ts'
import type { DialogueRecord } from '../store/rows.ts'
import { isNowhere, rememberNowhere, takeLook } from './looks.ts'
import { pullOlder } from './older.ts'
import { withPerhapsNothing } from './way.ts'
import type { World } from './world.ts'

export interface Followed {
  ref: DialogueRef
  /** The message that the address names. */
  messageId?: number
}

export interface Asked extends Addressed {
  /** The person has said so, with a click. */
  isWanted?: boolean
}

export type Answer = Followed | { notLooked: NotLooked } | undefined

/** An address, which anybody may have made, is not worth more reading than this. */
const MOST_PAGES = 6

/** Of ids seen in several conversations, which a forged link brings about, the one with the opening. */
async function recordWith(world: World, accountId: AccountId, dialogueId: DialogueId) {
  const range = world.store.dialogues
    .where(':id')
    .between([accountId, '', ''], [accountId, '\uffff', '\uffff'])
  // Keys alone, all at once: thousands of them cost less than a filter that goes from row to row.
  const keys = (await range.primaryKeys()).filter(([, , id]) => id === dialogueId)
  const records = (await world.store.dialogues.bulkGet(keys)).filter((record) => record !== undefined)
  return records.find(({ openerId }) => openerId !== undefined) ?? records[0]
}

async function messageWith(world: World, { accountId, key, dialogueId }: DialogueRecord, m?: string) {
  if (m === undefined) return undefined
  const rows = messagesOfDialogue(world.store, accountId, key, dialogueId)()
  return (await rows.filter(({ link }) => link?.m === m).first())?.id
}

/** Asks the site, in one request, and reads back in that conversation; tells whether the site answered. */
async function lookOnSite(world: World, accountId: AccountId, dialogueId: DialogueId): Promise<boolean> {
  const { trouble } = await withPerhapsNothing(world, accountId, async (way, account) => {
    const { contacts } = await way.moodle.call('core_message_data_for_messagearea_search_messages', {
      userid: account.userId,
      search: `dialogue=${dialogueId}`,
      limitfrom: 0,
      limitnum: 1,
    })
    if (contacts.length === 0) rememberNowhere(world, accountId, dialogueId)
    const id = contacts[0]?.conversationid
    const conversation = id ? await conversationWithId(world.store, accountId, id) : undefined
    for (let page = 0; conversation && page < MOST_PAGES; page++) {
      if (await recordWith(world, accountId, dialogueId)) return
      await pullOlder(world, way, account, conversation.key)
    }
  })
  return trouble === undefined
}

/**
 * The dialogue that `#dialogue=` in an address means. Looks up, here and then on the site, and changes nothing; a page
 * may change its address as it likes, so that of what is not here only few are asked for unless the person wants it.
 */
export async function follow(
  world: World,
  accountId: AccountId,
  { dialogueId, m, isWanted = false }: Asked,
): Promise<Answer> {
  let record = await recordWith(world, accountId, dialogueId)
  if (!record && dialogueId !== 'general') {
    if (!isWanted && isNowhere(world, accountId, dialogueId)) return undefined
    if (!isWanted && !takeLook(world, accountId)) return { notLooked: 'too-many' }
    const isAnswered = await lookOnSite(world, accountId, dialogueId)
    record = await recordWith(world, accountId, dialogueId)
    if (!record && !isAnswered) return { notLooked: 'no-answer' }
  }
  if (!record) return undefined
  const messageId = await messageWith(world, record, m)
  const ref = { accountId, conversationKey: record.key, dialogueId }
  return { ref, ...(messageId === undefined ? {} : { messageId }) }
}
