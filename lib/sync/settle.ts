import { sameWords } from '../dialogue/html.ts'
import { isProvable, type OutboxEntry } from '../dialogue/outbox.ts'
import { moodleErrorOf } from '../moodle/index.ts'
import { messagesIn } from '../store/messages.ts'
import { entriesOf, moveEntry } from '../store/outbox.ts'
import type { AccountRow, MessageRow } from '../store/rows.ts'
import { finish } from './finish.ts'
import { pullConversation } from './pull.ts'
import type { Connection, World } from './world.ts'

/** The site's clock and ours are compared by whole seconds, and an answer takes its time. */
const BEFORE = 60

/**
 * What could be a message without a link: its author's, without a link too, later than all that were held before
 * the attempt (the same words sent a moment earlier are no proof).
 */
function couldBe(row: MessageRow, entry: OutboxEntry): boolean {
  const from = (entry.timeAttempted ?? entry.timeWritten) - BEFORE
  return !row.link && row.id > (entry.newestIdBefore ?? 0) && row.timeCreated >= from
}

interface Look {
  messageId?: number
  /** It is there, and this look does not show where. */
  unclear?: boolean
  nothingLikeIt?: boolean
}

/** By its key; without one by its words, and only if it is the one message that could be it. */
async function found(world: World, account: AccountRow, entry: OutboxEntry): Promise<Look> {
  const rows = await messagesIn(world.store, account.id, entry.conversationKey).toArray()
  const own = rows.filter((row) => row.authorId === account.userId)
  const keyed = own.find((row) => row.link?.m === entry.key)
  if (keyed) return { messageId: keyed.id }
  if (isProvable(entry)) return {}
  const like = own.filter((row) => couldBe(row, entry))
  const [only] = like
  if (only && like.length === 1 && sameWords(only.html, entry.html)) return { messageId: only.id }
  return { nothingLikeIt: like.length === 0 }
}

function isNoConversation(error: unknown): boolean {
  const known = moodleErrorOf(error)
  return known?.kind === 'moodle' && known.errorcode === 'errorconversationdoesnotexist'
}

/** Where the conversation is too long for one look, the site's search knows the key. */
async function searched({ moodle }: Connection, account: AccountRow, entry: OutboxEntry): Promise<boolean> {
  const { contacts } = await moodle.call('core_message_data_for_messagearea_search_messages', {
    userid: account.userId,
    search: `m=${entry.key}`,
    limitfrom: 0,
    limitnum: 5,
  })
  return contacts.some((hit) => hit.sentfromcurrentuser)
}

/** Looks whether the site shows the message. Throws when it could not look. */
async function look(
  world: World,
  connection: Connection,
  account: AccountRow,
  entry: OutboxEntry,
): Promise<Look> {
  try {
    await pullConversation(world, connection, account, entry.conversationKey)
  } catch (error) {
    if (isNoConversation(error)) return { nothingLikeIt: true }
    throw error
  }
  const look = await found(world, account, entry)
  if (look.messageId !== undefined || !isProvable(entry)) return look
  return { unclear: await searched(connection, account, entry) }
}

async function settle(
  world: World,
  connection: Connection,
  account: AccountRow,
  entry: OutboxEntry,
): Promise<void> {
  const { messageId, unclear, nothingLikeIt = false } = await look(world, connection, account, entry)
  // It must not go out again; a later look will see it.
  if (unclear) return
  const timeServer = world.serverTime(account)
  const vain = { kind: 'looked-in-vain' as const, timeServer, nothingLikeIt }
  const event = messageId === undefined ? vain : { kind: 'proven' as const, messageId }
  const moved = await moveEntry(world.store, account.id, entry.key, event)
  if (moved?.state === 'delivered') await finish(world, account, moved)
  else if (moved) world.changed(account.id, ['outbox', 'thread'], entry.conversationKey)
}

/** Looks at every entry of which nobody knows whether it arrived; a look that fails changes nothing. */
export async function settleAll(world: World, connection: Connection, account: AccountRow): Promise<void> {
  const entries = await entriesOf(world.store, account.id)
  for (const entry of entries.filter(({ state }) => state === 'unconfirmed')) {
    await settle(world, connection, account, entry).catch(() => undefined)
  }
}
