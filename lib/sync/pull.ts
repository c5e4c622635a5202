import { type ConversationKey, SELF } from '../dialogue/dialogue.ts'
import { changeConversation, conversationOf } from '../store/conversations.ts'
import { inOneStep } from '../store/db.ts'
import { dropMissing, knownIds, newestId, putMessages, type ReadMessage } from '../store/messages.ts'
import { putPeople } from '../store/people.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow, ConversationRow } from '../store/rows.ts'
import { agreeOnCount, askConversation, keepConversation, NEWEST } from './conversation.ts'
import { type MoodleConversation, message } from './from-moodle.ts'
import { readGap, type Stretch, surelyAll } from './pages.ts'
import { settleByWhatIsHeld } from './proof.ts'
import { toldFromNow } from './told.ts'
import type { Connection, World } from './world.ts'

interface Reading {
  key: ConversationKey
  before: ConversationRow | undefined
  /** The newest that was held when the site was asked. */
  newestBefore: number | undefined
  conversation: MoodleConversation
  toldSince: () => number[]
  newest: ReadMessage[]
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
  const toldSince = toldFromNow(world.store, account.id)
  const conversation = await askConversation(connection, account, key, before?.conversationId)
  const newest = conversation.messages.map((row) => message(row, account))
  const reading: Reading = { key, before, newestBefore, conversation, toldSince, newest }
  const heldTo = heldToOf(reading)
  const sure = surelyAll(reading.newest, isCut(reading))
  // Of one long second nothing is sure: where nothing is held either, the next is enough.
  const until = heldTo ?? (sure.length === 0 ? Number.POSITIVE_INFINITY : undefined)
  if (!isCut(reading) || until === undefined || sure.some(({ id }) => id <= until)) return reading
  return { ...reading, gap: await readGap(connection, account, conversation.id, reading.newest, until) }
}

function isCut({ newest, gap }: Reading): boolean {
  return gap ? gap.isCut : newest.length >= NEWEST
}

function readIn({ newest, gap }: Reading): ReadMessage[] {
  return [...newest, ...(gap?.messages ?? [])]
}

/** What is held without a gap after a reading. */
function heldAfter(reading: Reading): Partial<ConversationRow> {
  const { before, gap } = reading
  const all = readIn(reading)
  if (all.length === 0) return {}
  const heldToId = Math.max(...all.map(({ id }) => id))
  if (before?.heldFromId !== undefined && !isWhole(reading) && (gap?.isClosed ?? true)) return { heldToId }
  const sure = surelyAll(all, isCut(reading))
  const heldFromId = Math.min(...(sure.length > 0 ? sure : all).map(({ id }) => id))
  return { heldFromId, heldToId, complete: !isCut(reading) }
}

/** It came in one answer from its newest message to its first. */
function isWhole({ newest }: Reading): boolean {
  return newest.length < NEWEST
}

/** Of what was surely read, what the site no longer shows. */
async function forgetMissing({ store }: World, account: AccountRow, reading: Reading): Promise<void> {
  const { key, newestBefore = 0 } = reading
  const all = readIn(reading)
  const sure = surelyAll(all, isCut(reading))
  if (sure.length === 0 && !isWhole(reading)) return
  // What was sent from here while the answer was on its way is later than either, and stays.
  const toId = Math.max(newestBefore, ...all.map(({ id }) => id))
  const least = (numbers: number[]) => (isWhole(reading) ? 0 : Math.min(...numbers))
  const from = {
    id: least(sure.map(({ id }) => id)),
    time: least(sure.map(({ timeCreated }) => timeCreated)),
  }
  await dropMissing(store, account.id, key, from, { id: toId }, new Set(all.map(({ id }) => id)))
}

async function keep(world: World, account: AccountRow, reading: Reading): Promise<void> {
  const { store } = world
  const { key, conversation, gap } = reading
  await keepConversation(world, account, conversation, key)
  await putPeople(store, account.id, gap?.people ?? [])
  await putMessages(store, account.id, key, gap?.messages ?? [])
  await settleByWhatIsHeld(world, account, key)
  await forgetMissing(world, account, reading)
  const settings = isWhole(reading) ? { complete: true } : {}
  await changeConversation(store, account.id, key, { ...settings, ...heldAfter(reading) })
  await agreeOnCount(world, account, key, conversation.unreadcount ?? 0, reading.toldSince())
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
