import { personOf } from '../dialogue/dialogue.ts'
import { isProvable, type OutboxEntry } from '../dialogue/outbox.ts'
import { moodleErrorOf } from '../moodle/index.ts'
import { conversationOf } from '../store/conversations.ts'
import { entriesOf, moveEntry } from '../store/outbox.ts'
import type { AccountRow } from '../store/rows.ts'
import { ruleOf } from '../store/rules.ts'
import { finish } from './finish.ts'
import { pullOlder } from './older.ts'
import { found, type Look } from './proof.ts'
import { pullConversation } from './pull.ts'
import { proveReached } from './rule-proof.ts'
import type { Connection, World } from './world.ts'

export function isNoConversation(error: unknown): boolean {
  const known = moodleErrorOf(error)
  return known?.kind === 'moodle' && known.errorcode === 'errorconversationdoesnotexist'
}

/** Where the conversation is too long for one look, the site's search knows the key. */
async function searched(
  world: World,
  { moodle }: Connection,
  account: AccountRow,
  entry: OutboxEntry,
): Promise<Look> {
  const { contacts } = await moodle.call('core_message_data_for_messagearea_search_messages', {
    userid: account.userId,
    search: `m=${entry.key}`,
    limitfrom: 0,
    limitnum: 5,
  })
  const conversation = await conversationOf(world.store, account.id, entry.conversationKey)
  const hit = contacts.find(
    (row) => row.sentfromcurrentuser && row.messageid && row.conversationid === conversation?.conversationId,
  )
  return hit?.messageid ? { messageId: hit.messageid } : {}
}

/** So far back is looked for a message without a key; beyond that the person is asked. */
const MOST_PAGES = 10

function isOpen(entry: OutboxEntry, { messageId, nothingLikeIt }: Look): boolean {
  return !isProvable(entry) && messageId === undefined && nothingLikeIt === undefined
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
  let look = await found(world, account, entry)
  for (let pages = 0; isOpen(entry, look) && pages < MOST_PAGES; pages++) {
    await pullOlder(world, connection, account, entry.conversationKey)
    look = await found(world, account, entry)
  }
  if (look.messageId !== undefined || !isProvable(entry)) return look
  return searched(world, connection, account, entry)
}

async function settle(
  world: World,
  connection: Connection,
  account: AccountRow,
  entry: OutboxEntry,
): Promise<void> {
  await conclude(world, account, entry, await look(world, connection, account, entry))
}

async function conclude(world: World, account: AccountRow, entry: OutboxEntry, look: Look): Promise<void> {
  const { messageId, nothingLikeIt = false } = look
  const [timeServer, nowMs] = [world.serverTime(account), world.nowMs()]
  const vain = { kind: 'looked-in-vain' as const, timeServer, nowMs, nothingLikeIt }
  const event = messageId === undefined ? vain : { kind: 'proven' as const, messageId }
  const moved = await moveEntry(world.store, account.id, entry.key, event)
  if (moved) world.note?.(account.id, { kind: 'settle', state: moved.state })
  if (moved?.state === 'delivered') await finish(world, account, moved)
  else if (moved) world.changed(account.id, ['outbox', 'thread'], entry.conversationKey)
}

/** Looks at every entry of which nobody knows whether it arrived; a look that fails changes nothing. */
export async function settleAll(world: World, connection: Connection, account: AccountRow): Promise<void> {
  const entries = await entriesOf(world.store, account.id)
  const unsure = entries.filter(({ state }) => state === 'unconfirmed')
  for (const entry of unsure.filter(({ ruleId }) => ruleId === undefined))
    await settle(world, connection, account, entry).catch(() => undefined)
  await settleRules(world, connection, account, unsure)
}

/** Messages of a rule are looked for all at once. */
export async function settleRules(
  world: World,
  connection: Connection,
  account: AccountRow,
  entries: readonly OutboxEntry[],
): Promise<void> {
  const unsure = entries.filter(({ state, ruleId }) => state === 'unconfirmed' && ruleId !== undefined)
  for (const ruleId of new Set(unsure.flatMap((entry) => entry.ruleId ?? []))) {
    const ofRule = unsure.filter((entry) => entry.ruleId === ruleId)
    await settleRule(world, connection, account, ruleId, ofRule).catch(() => undefined)
  }
}

async function settleRule(
  world: World,
  connection: Connection,
  account: AccountRow,
  ruleId: string,
  entries: readonly OutboxEntry[],
): Promise<void> {
  const rule = await ruleOf(world.store, account.id, ruleId)
  if (!rule) return
  const userIds = new Set(entries.flatMap(({ conversationKey }) => personOf(conversationKey) ?? []))
  const proven = await proveReached(connection, account, rule, userIds)
  for (const entry of entries) {
    const known = await found(world, account, entry)
    const messageId = known.messageId ?? proven.get(personOf(entry.conversationKey) ?? 0)
    await conclude(world, account, entry, messageId === undefined ? {} : { messageId })
  }
  world.changed(account.id, ['rules'])
}
