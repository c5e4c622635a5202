import { type ConversationKey, personOf } from '../dialogue/dialogue.ts'
import type { OutboxEntry, OutboxEvent } from '../dialogue/outbox.ts'
import { afterAnswer, afterSilence, FIRST_PACE, type Pace } from '../dialogue/pace.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { isSignedOut, mayHaveHappened } from '../moodle/index.ts'
import { changeConversation } from '../store/conversations.ts'
import { inOneStep } from '../store/db.ts'
import { arrivedKeys } from '../store/ledger.ts'
import { mirrored } from '../store/mirror.ts'
import { moveEntries, removeEntries } from '../store/outbox.ts'
import type { AccountRow } from '../store/rows.ts'
import { changeSync, syncOf } from '../store/sync-state.ts'
import { takeChunk } from '../store/take-chunk.ts'
import { type Arrived, finishAll } from './finish.ts'
import { LEASE_MS } from './lease.ts'
import { type Answer, sendToPeople } from './to-moodle.ts'
import { concernsAccount, troubleOf } from './trouble.ts'
import type { Connection, World } from './world.ts'

/** What may leave in one request: of one rule; what was attempted before goes alone, so that one bad row spoils no other. */
export function chunkOf(due: readonly OutboxEntry[], { chunk }: Pace): OutboxEntry[] {
  const [first] = due
  if (!first || first.attempts > 0) return due.slice(0, 1)
  return due.filter(({ ruleId, attempts }) => ruleId === first.ruleId && attempts === 0).slice(0, chunk)
}

export async function paceOf(world: World, account: AccountRow): Promise<Pace> {
  return (await syncOf(world.store, account.id)).pace ?? FIRST_PACE
}

async function setPace(world: World, account: AccountRow, change: (pace: Pace) => Pace): Promise<void> {
  await changeSync(world.store, account.id, ({ pace }) => ({ pace: change(pace ?? FIRST_PACE) }))
}

/** A worker was stopped in the middle of a request, or nothing came back: the next one is smaller. */
export function slowDown(world: World, account: AccountRow): Promise<void> {
  return setPace(world, account, afterSilence)
}

/** Those that arrived before, as the ledger knows, are not sent again. */
async function withoutArrived(world: World, account: AccountRow, entries: readonly OutboxEntry[]) {
  const known = await arrivedKeys(
    world.store,
    account.id,
    entries.map(({ key }) => key),
  )
  const arrived = entries.flatMap((entry) => {
    const messageId = known.get(entry.key)
    return messageId === undefined ? [] : [{ entry: { ...entry, messageId } }]
  })
  if (arrived.length > 0) await finishAll(world, account, arrived)
  return entries.filter(({ key }) => !known.has(key))
}

async function take(world: World, account: AccountRow, entries: readonly OutboxEntry[], ruleId: string) {
  const nowMs = world.nowMs()
  const timeServer = world.serverTime(account)
  const event = { kind: 'due' as const, holder: world.holder, untilMs: nowMs + LEASE_MS, nowMs, timeServer }
  const moves = entries.map(({ key }) => ({ key, event }))
  const taken = await takeChunk(world.store, account.id, ruleId, moves, timeServer)
  await mirrored(world.store)
  return taken
}

function eventFor(answer: Answer | undefined, attempt: number): OutboxEvent {
  if (!answer) return { kind: 'unclear', trouble: { kind: 'broken-answer', mender: 'wait' }, attempt }
  if (!('refused' in answer)) return { kind: 'delivered', messageId: answer.messageId }
  const trouble: Trouble = { kind: 'recipient-refuses', mender: 'person', serverSays: answer.refused }
  return { kind: 'refused', trouble, attempt }
}

/** The answer is stored in one step; what arrived may be put into its threads while the next request is on its way. */
async function answered(
  world: World,
  account: AccountRow,
  entries: readonly OutboxEntry[],
  answers: Map<string, Answer>,
): Promise<Arrived[]> {
  const moves = entries.map(({ key, attempts }) => ({ key, event: eventFor(answers.get(key), attempts) }))
  const moved = await inOneStep(world.store, async () => {
    const moved = await moveEntries(world.store, account.id, moves)
    for (const { key, conversationKey } of moved)
      await keepConversation(world, account, conversationKey, answers.get(key))
    return moved
  })
  const refused = moved.filter(({ state }) => state === 'refused')
  // The rule holds the words; its list of people says who refused.
  await removeEntries(
    world.store,
    account.id,
    refused.map(({ key }) => key),
  )
  return moved.flatMap((entry) => {
    const answer = answers.get(entry.key)
    if (entry.state !== 'delivered' || !answer || 'refused' in answer) return []
    return [{ entry, timeCreated: answer.timeCreated }]
  })
}

async function keepConversation(
  { store }: World,
  account: AccountRow,
  key: ConversationKey,
  answer: Answer | undefined,
): Promise<void> {
  if (!answer || 'refused' in answer) return
  const { conversationId, timeCreated: timeLast } = answer
  const userId = personOf(key)
  await changeConversation(store, account.id, key, {
    timeLast,
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(userId === undefined ? {} : { memberIds: [userId] }),
  })
}

/** What an error says of a chunk: anything may have arrived; or nothing, and each is tried alone. */
async function failed(
  world: World,
  account: AccountRow,
  entries: readonly OutboxEntry[],
  error: unknown,
): Promise<Trouble> {
  const trouble = troubleOf(error)
  const isAlone = entries.length === 1 && !concernsAccount(trouble)
  const kind = mayHaveHappened(error) ? 'unclear' : isAlone ? 'refused' : 'not-executed'
  const moves = entries.map(({ key, attempts: attempt }) => ({
    key,
    event: { kind, trouble, attempt } as const,
  }))
  const moved = await moveEntries(world.store, account.id, moves)
  const refused = moved.filter(({ state }) => state === 'refused').map(({ key }) => key)
  await removeEntries(world.store, account.id, refused)
  if (trouble.mender === 'wait') await slowDown(world, account)
  return trouble
}

export interface ChunkDone {
  trouble?: Trouble
  /** Rows of which nobody knows whether they arrived. */
  isUnclear: boolean
  /** Nothing was sent: who of the course is still meant is not known. */
  isStale?: boolean
  arrived: Arrived[]
}

/** Sends one chunk. What arrived is to be finished by the caller. */
export async function sendChunk(
  world: World,
  connection: Connection,
  account: AccountRow,
  chunk: readonly OutboxEntry[],
): Promise<ChunkDone> {
  const ruleId = chunk[0]?.ruleId ?? ''
  const { entries, isStale = false } = await take(
    world,
    account,
    await withoutArrived(world, account, chunk),
    ruleId,
  )
  if (entries.length === 0) return { isUnclear: false, isStale, arrived: [] }
  const began = world.nowMs()
  try {
    const answers = await sendToPeople(connection, entries)
    const arrived = await answered(world, account, entries, answers)
    const tookMs = world.nowMs() - began
    await setPace(world, account, (pace) => afterAnswer(pace, entries.length, tookMs))
    return { isUnclear: answers.size < entries.length, arrived }
  } catch (error) {
    const trouble = await failed(world, account, entries, error)
    if (isSignedOut(error)) await connection.lost()
    return { trouble, isUnclear: mayHaveHappened(error), arrived: [] }
  }
}

/** Into their threads. */
export async function finishChunk(
  world: World,
  account: AccountRow,
  arrived: readonly Arrived[],
): Promise<void> {
  if (arrived.length === 0) return
  await finishAll(world, account, arrived)
  world.changed(account.id, ['outbox', 'dialogues', 'rules'])
}
