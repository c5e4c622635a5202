import type { OutboxEntry, OutboxEvent } from '../dialogue/outbox.ts'
import { afterAnswer, afterSilence, FIRST_PACE, type Pace } from '../dialogue/pace.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { isSignedOut, mayHaveHappened } from '../moodle/index.ts'
import { changeConversation } from '../store/conversations.ts'
import { inOneStep } from '../store/db.ts'
import { keepFirstMessages, unknownAmong } from '../store/first-messages.ts'
import { arrivedKeys } from '../store/ledger.ts'
import { moveEntries, removeEntries } from '../store/outbox.ts'
import type { AccountRow } from '../store/rows.ts'
import { changeSync, syncOf } from '../store/sync-state.ts'
import { takeChunk } from '../store/take-chunk.ts'
import { finishAll, ownMessage } from './finish.ts'
import { LEASE_MS } from './lease.ts'
import { type Answer, sendToPeople } from './to-moodle.ts'
import { concernsAccount, troubleOf } from './trouble.ts'
import type { Connection, World } from './world.ts'

/** Its request came to nothing that can be told from it alone, or it was refused as a whole. */
function goesAlone({ attempts, trouble }: OutboxEntry): boolean {
  return attempts > 0 && !(trouble && concernsAccount(trouble))
}

/** So many requests' worth is taken at once. */
const CHUNKS = 4

/** What may be taken at once: of one rule; one bad row must spoil no other, so that such a one is a batch of its own. */
export function batchOf(due: readonly OutboxEntry[], { chunk }: Pace): OutboxEntry[] {
  const [first] = due
  if (!first || goesAlone(first)) return due.slice(0, 1)
  return due.filter((entry) => entry.ruleId === first.ruleId && !goesAlone(entry)).slice(0, CHUNKS * chunk)
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
export async function withoutArrived(world: World, account: AccountRow, entries: readonly OutboxEntry[]) {
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

export async function take(
  world: World,
  account: AccountRow,
  entries: readonly OutboxEntry[],
  ruleId: string,
) {
  const nowMs = world.nowMs()
  const timeServer = world.serverTime(account)
  const event = { kind: 'due' as const, holder: world.holder, untilMs: nowMs + LEASE_MS, nowMs, timeServer }
  const moves = entries.map(({ key }) => ({ key, event }))
  return takeChunk(world.store, account.id, ruleId, moves, timeServer)
}

function eventFor(answer: Answer | undefined, attempt: number): OutboxEvent {
  if (!answer) return { kind: 'unclear', trouble: { kind: 'broken-answer', mender: 'wait' }, attempt }
  if (!('refused' in answer)) return { kind: 'delivered', messageId: answer.messageId }
  const trouble: Trouble = { kind: 'recipient-refuses', mender: 'person', serverSays: answer.refused }
  return { kind: 'refused', trouble, attempt }
}

/** Puts what arrived where it belongs; most of it is the first that is known of its conversation. */
async function keep(world: World, account: AccountRow, arrived: readonly Sent[]): Promise<void> {
  const { store } = world
  const keys = arrived.map(({ entry }) => entry.conversationKey)
  const unknown = await unknownAmong(store, account, keys)
  const firsts = arrived.filter(({ entry }) => unknown.has(entry.conversationKey))
  await keepFirstMessages(
    store,
    account,
    firsts.map(({ entry, answer: { timeCreated, conversationId } }) => ({
      key: entry.conversationKey,
      message: ownMessage(account, entry, timeCreated),
      ...(conversationId === undefined ? {} : { conversationId }),
    })),
  )
  for (const { entry, answer } of arrived)
    if (!unknown.has(entry.conversationKey)) await changeKnown(world, account, entry, answer)
  await finishAll(
    world,
    account,
    arrived.map(({ entry, answer: { timeCreated } }) => ({ entry, timeCreated })),
    unknown,
  )
}

async function changeKnown({ store }: World, account: AccountRow, entry: OutboxEntry, answer: Arrival) {
  const { conversationId, timeCreated: timeLast } = answer
  const known = conversationId === undefined ? {} : { conversationId }
  await changeConversation(store, account.id, entry.conversationKey, { timeLast, ...known })
}

type Arrival = Exclude<Answer, { refused: string }>
export interface Sent {
  entry: OutboxEntry
  answer: Arrival
}

/** Answers are stored in one step, in as few tables as prove them; what arrived is yet to be filed. */
export async function storeAnswers(
  world: World,
  account: AccountRow,
  all: readonly Clear[],
): Promise<Sent[]> {
  const { store } = world
  const answers = new Map(all.flatMap((each) => [...each.answers]))
  const entries = all.flatMap((each) => each.entries)
  const moves = entries.map(({ key, attempts }) => ({ key, event: eventFor(answers.get(key), attempts) }))
  const arrived = await store.transaction('rw', store.outbox, store.rulePeople, store.sync, async () => {
    const moved = await moveEntries(store, account.id, moves)
    // The rule holds the words; its list of people says who refused.
    const refused = moved.filter(({ state }) => state === 'refused').map(({ key }) => key)
    await removeEntries(store, account.id, refused)
    for (const { entries, tookMs } of all)
      if (tookMs !== undefined)
        await setPace(world, account, (pace) => afterAnswer(pace, entries.length, tookMs))
    return moved.flatMap((entry) => {
      const answer = answers.get(entry.key)
      return entry.state === 'delivered' && answer && !('refused' in answer) ? [{ entry, answer }] : []
    })
  })
  world.changed(account.id, ['outbox', 'rules'])
  return arrived
}

const FILED_AT_ONCE = 100

/** delivered → (gone): what arrived stands in its thread. Whatever was filed or forgotten meanwhile stays as it is. */
export async function fileArrived(world: World, account: AccountRow, all: readonly Sent[]): Promise<void> {
  const { store } = world
  for (let from = 0; from < all.length; from += FILED_AT_ONCE) {
    const slice = all.slice(from, from + FILED_AT_ONCE)
    await inOneStep(store, async () => {
      const there = await store.outbox.bulkGet(
        slice.map(({ entry }) => [account.id, entry.key] as [string, string]),
      )
      const arrived = slice.filter((_, i) => there[i]?.state === 'delivered')
      if (arrived.length > 0) await keep(world, account, arrived)
    })
    world.changed(account.id, ['outbox', 'dialogues', 'rules'])
  }
}

/** What a worker that died had stored of the answers. */
export function sentBefore(entry: OutboxEntry): Sent {
  const { messageId = 0, timeAttempted, timeWritten } = entry
  return { entry, answer: { messageId, timeCreated: timeAttempted ?? timeWritten } }
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

/** An answer for each of these. */
export interface Clear {
  entries: readonly OutboxEntry[]
  answers: Map<string, Answer>
  tookMs?: number
}

export type Outcome = { answers: Map<string, Answer>; tookMs: number } | { error: unknown }

/** One request. What it brings is stored by the caller. */
export async function request(
  world: World,
  connection: Connection,
  entries: readonly OutboxEntry[],
): Promise<Outcome> {
  const began = world.nowMs()
  try {
    const answers = await sendToPeople(connection, entries)
    return { answers, tookMs: world.nowMs() - began }
  } catch (error) {
    if (isSignedOut(error)) await connection.lost()
    return { error }
  }
}

/** Whether nobody knows of some of these whether they arrived. */
export function isUnclear(outcome: Outcome, entries: readonly OutboxEntry[]): boolean {
  return 'error' in outcome ? mayHaveHappened(outcome.error) : outcome.answers.size < entries.length
}

/** What an answer that is not clear, or none, says of each of these. */
export async function storeFailure(
  world: World,
  account: AccountRow,
  entries: readonly OutboxEntry[],
  outcome: Outcome,
): Promise<Trouble | undefined> {
  if ('error' in outcome) return failed(world, account, entries, outcome.error)
  await fileArrived(
    world,
    account,
    await storeAnswers(world, account, [{ entries, answers: outcome.answers }]),
  )
  return undefined
}

/** What was taken and not sent after all, because the request before it ended in trouble. */
export async function giveBack(
  world: World,
  account: AccountRow,
  entries: readonly OutboxEntry[],
  trouble: Trouble,
) {
  const moves = entries.map(({ key, attempts: attempt }) => ({
    key,
    event: { kind: 'not-executed', trouble, attempt } as const,
  }))
  await moveEntries(world.store, account.id, moves)
}
