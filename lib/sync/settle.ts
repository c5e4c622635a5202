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
 * A message without a link is recognised by author, time and words, and only if there is exactly one such,
 * later than all that were held before the attempt: the same words sent a moment earlier are no proof.
 */
function matchesWords(row: MessageRow, entry: OutboxEntry): boolean {
  const from = (entry.timeAttempted ?? entry.timeWritten) - BEFORE
  const isLater = row.id > (entry.newestIdBefore ?? 0)
  return isLater && !row.link && row.timeCreated >= from && sameWords(row.html, entry.html)
}

async function found(world: World, account: AccountRow, entry: OutboxEntry): Promise<number | undefined> {
  const rows = await messagesIn(world.store, account.id, entry.conversationKey).toArray()
  const own = rows.filter((row) => row.authorId === account.userId)
  if (isProvable(entry)) return own.find((row) => row.link?.m === entry.key)?.id
  const like = own.filter((row) => matchesWords(row, entry))
  return like.length === 1 ? like[0]?.id : undefined
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
): Promise<number | undefined | 'unclear'> {
  try {
    await pullConversation(world, connection, account, entry.conversationKey)
  } catch (error) {
    if (isNoConversation(error)) return undefined
    throw error
  }
  const id = await found(world, account, entry)
  if (id !== undefined || !isProvable(entry)) return id
  return (await searched(connection, account, entry)) ? 'unclear' : undefined
}

async function settle(
  world: World,
  connection: Connection,
  account: AccountRow,
  entry: OutboxEntry,
): Promise<void> {
  const id = await look(world, connection, account, entry)
  // A hit that the conversation does not show: it is there, so it must not go out again; a later look will see it.
  if (id === 'unclear') return
  const timeServer = world.serverTime(account)
  const event =
    id === undefined
      ? { kind: 'looked-in-vain' as const, timeServer }
      : { kind: 'proven' as const, messageId: id }
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
