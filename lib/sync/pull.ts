import { type ConversationKey, SELF } from '../dialogue/dialogue.ts'
import { changeConversation, conversationOf } from '../store/conversations.ts'
import { inOneStep } from '../store/db.ts'
import { dropMissing, knownIds, newestId, putMessages } from '../store/messages.ts'
import { putPeople } from '../store/people.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow, ConversationRow } from '../store/rows.ts'
import { agreeOnCount, askConversation, keepConversation, NEWEST } from './conversation.ts'
import type { MoodleConversation } from './from-moodle.ts'
import { readGap, type Stretch } from './pages.ts'
import { settleByWhatIsHeld } from './proof.ts'
import type { Connection, World } from './world.ts'

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
  const conversation = await askConversation(connection, account, key, before?.conversationId)
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
