import type { OutboxEntry, OutboxEvent } from '../dialogue/outbox.ts'
import { afterAnswer, afterSilence, FIRST_PACE, type Pace } from '../dialogue/pace.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { isSignedOut, mayHaveHappened } from '../moodle/index.ts'
import { noteReached } from '../store/arrivals.ts'
import { arrivedKeys } from '../store/ledger.ts'
import { moveEntries, removeEntries } from '../store/outbox.ts'
import type { AccountRow } from '../store/rows.ts'
import { changeSync, syncOf } from '../store/sync-state.ts'
import { takeChunk } from '../store/take-chunk.ts'
import { arrivalIn, fileArrived, type Sent } from './file-arrived.ts'
import { finishAll } from './finish.ts'
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

export function mostTaken({ chunk }: Pace): number {
  return CHUNKS * chunk
}

/** What may be taken at once: of one rule; one bad row must spoil no other, so that such a one is a batch of its own. */
export function batchOf(due: readonly OutboxEntry[], pace: Pace): OutboxEntry[] {
  const [first] = due
  if (!first || goesAlone(first)) return due.slice(0, 1)
  return due.filter((entry) => entry.ruleId === first.ruleId && !goesAlone(entry)).slice(0, mostTaken(pace))
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

/** Its time has come; nobody else sends it while the lease lasts. */
export function dueNow(world: World, account: AccountRow) {
  const nowMs = world.nowMs()
  const timeServer = world.serverTime(account)
  return { kind: 'due' as const, holder: world.holder, untilMs: nowMs + LEASE_MS, nowMs, timeServer }
}

export async function take(
  world: World,
  account: AccountRow,
  entries: readonly OutboxEntry[],
  ruleId: string,
) {
  const event = dueNow(world, account)
  const moves = entries.map(({ key }) => ({ key, event }))
  return takeChunk(world.store, account.id, ruleId, moves, event.timeServer)
}

function eventFor(answer: Answer | undefined, attempt: number): OutboxEvent {
  if (!answer) return { kind: 'unclear', trouble: { kind: 'broken-answer', mender: 'wait' }, attempt }
  if (!('refused' in answer)) return { kind: 'delivered', messageId: answer.messageId }
  const trouble: Trouble = { kind: 'recipient-refuses', mender: 'person', serverSays: answer.refused }
  return { kind: 'refused', trouble, attempt }
}

const TABLES = ['outbox', 'rulePeople', 'arrivals', 'sync']

/** Answers are stored in one step, in as few tables as prove them; what arrived is yet to be filed. */
export async function storeAnswers(
  world: World,
  account: AccountRow,
  all: readonly Clear[],
): Promise<Sent[]> {
  const { store } = world
  const answers = new Map(all.flatMap((each) => [...each.answers]))
  const entries = all.flatMap((each) => each.entries)
  const arrived = await store.transaction('rw', TABLES, async () => {
    const accepted = entries.flatMap((entry) => {
      const answer = arrivalIn(answers, entry.key)
      return answer ? [{ ...entry, messageId: answer.messageId }] : []
    })
    const reached = await noteReached(store, accepted)
    const moves = entries
      .filter(({ key }) => !reached.has(key))
      .map(({ key, attempts }) => ({ key, event: eventFor(answers.get(key), attempts) }))
    const moved = await moveEntries(store, account.id, moves)
    // The rule holds the words; its list of people says who refused.
    const refused = moved.filter(({ state }) => state === 'refused').map(({ key }) => key)
    await removeEntries(store, account.id, refused)
    const timed = all.flatMap(({ entries, tookMs }) => (tookMs === undefined ? [] : [{ entries, tookMs }]))
    if (timed.length > 0)
      await setPace(world, account, (pace) =>
        timed.reduce((now, { entries, tookMs }) => afterAnswer(now, entries.length, tookMs), pace),
      )
    for (const { key, state } of moved) if (state === 'delivered') reached.add(key)
    return entries.flatMap(({ key }) => {
      const answer = reached.has(key) ? arrivalIn(answers, key) : undefined
      return answer ? [{ key, answer }] : []
    })
  })
  world.changed(account.id, ['outbox', 'rules'])
  return arrived
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
