import { nextToSend, type OutboxEntry, UNSETTLED } from '../dialogue/outbox.ts'
import { afterAnswer, type Pace } from '../dialogue/pace.ts'
import { quietUntilMs } from '../dialogue/quiet-hours.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { entriesAs, entriesOfRule } from '../store/outbox.ts'
import type { AccountRow } from '../store/rows.ts'
import { ruleOf } from '../store/rules.ts'
import {
  batchOf,
  giveBack,
  isUnclear,
  type Outcome,
  paceOf,
  request,
  storeFailure,
  take,
  withoutArrived,
} from './send-chunk.ts'
import { settleRules } from './settle.ts'
import { createStoring, type Storing } from './storing.ts'
import { concernsAccount } from './trouble.ts'
import type { Connection, World } from './world.ts'

type Entries = OutboxEntry[]

/** Puts more into the outbox; false where there is nothing more now. */
export type Refill = () => Promise<boolean>

/** With fewer than these waiting, more are planned. */
const FEW = 100

const NOT_NOW: Trouble = { kind: 'unreachable', mender: 'wait' }

/** Whether there may be more to send when it settles; undefined when there is nothing more to plan. */
function createRefilling(refill: Refill | undefined): () => Promise<void> | undefined {
  let refilling: Promise<void> | undefined
  let isExhausted = false
  return () => {
    if (isExhausted || !refill) return undefined
    refilling ??= refill()
      .then((more) => {
        isExhausted = !more
      })
      .finally(() => {
        refilling = undefined
      })
    return refilling
  }
}

/** It was taken a moment ago, and the person may have thought better of it since. */
async function stillSends({ store }: World, [first]: Entries): Promise<boolean> {
  return first !== undefined && (await ruleOf(store, first.accountId, first.ruleId ?? ''))?.state === 'active'
}

/** The next ones are taken while these are on their way, however long that takes. */
function createAhead(taken: () => Promise<Entries>) {
  let ahead: Promise<Entries | { error: unknown }> | undefined
  return {
    begin(): void {
      ahead ??= taken().catch((error: unknown) => ({ error }))
    },
    async take(): Promise<Entries | { error: unknown }> {
      const asked = ahead
      ahead = undefined
      return (await asked) ?? []
    },
  }
}

interface Way {
  world: World
  connection: Connection
  account: AccountRow
}

async function unclear(
  { world, connection, account }: Way,
  chunk: Entries,
  outcome: Outcome,
): Promise<Trouble | undefined> {
  const trouble = await storeFailure(world, account, chunk, outcome)
  const ruleId = chunk[0]?.ruleId
  if (isUnclear(outcome, chunk) && ruleId !== undefined)
    await settleRules(world, connection, account, await entriesOfRule(world.store, account.id, ruleId))
  return trouble
}

interface Sent {
  pace: Pace
  /** It concerns the account, and ends the sending. */
  trouble?: Trouble
}

/** One request, what it says, and how the next one is paced: known without waiting for what is being stored. */
async function sendChunk(way: Way, chunk: Entries, pace: Pace, storing: Storing): Promise<Sent> {
  const outcome = await request(way.world, way.connection, chunk)
  if ('answers' in outcome && !isUnclear(outcome, chunk)) {
    storing.push({ entries: chunk, ...outcome })
    return { pace: afterAnswer(pace, chunk.length, outcome.tookMs) }
  }
  await storing.stored()
  const said = await unclear(way, chunk, outcome)
  const slower = await paceOf(way.world, way.account)
  return said && concernsAccount(said) ? { pace: slower, trouble: said } : { pace: slower }
}

/**
 * A rule's messages, a chunk at a time. While one request is on its way, what those before it brought is stored, and
 * the next ones are planned and taken: a site is not kept waiting by this computer.
 */
export function createBulk(world: World, connection: Connection, account: AccountRow, refill?: Refill) {
  const { store } = world
  const stale = new Set<string | undefined>()
  const refilled = createRefilling(refill)

  /** Not before its rule has read the course anew. */
  const waits = ({ ruleId }: OutboxEntry): boolean => ruleId !== undefined && stale.has(ruleId)

  async function able(): Promise<Entries> {
    if (quietUntilMs(account.quietHours, world.nowMs()) !== undefined) return []
    const due = nextToSend(await entriesAs(store, account.id, UNSETTLED), world.nowMs()).filter(
      (entry) => !waits(entry),
    )
    // What a person wrote by hand comes first.
    return due.some(({ ruleId }) => ruleId === undefined) ? [] : due
  }

  async function takenFrom(due: Entries): Promise<Entries> {
    const batch = batchOf(due, await paceOf(world, account))
    const ruleId = batch[0]?.ruleId
    if (ruleId === undefined) return []
    const { entries, isStale } = await take(
      world,
      account,
      await withoutArrived(world, account, batch),
      ruleId,
    )
    if (isStale) stale.add(ruleId)
    return entries
  }

  /** What may leave next; empty where nothing does. */
  async function taken(): Promise<Entries> {
    for (;;) {
      const due = await able()
      const more = due.length < FEW ? refilled() : undefined
      if (due.length === 0 && !more) return []
      // Otherwise it is heard of at the next turn.
      more?.catch(() => undefined)
      if (due.length === 0) await more
      const entries = await takenFrom(due)
      if (entries.length > 0) return entries
    }
  }

  /** Until nothing is due, or something else comes first. Trouble that concerns the account ends it. */
  async function send(): Promise<Trouble | undefined> {
    const storing = createStoring(world, account)
    const ahead = createAhead(taken)
    let waiting = await taken()
    let pace = await paceOf(world, account)
    let trouble: Trouble | undefined
    let problem: { error: unknown } | undefined
    const more = async () => {
      const next = await ahead.take()
      if ('error' in next) problem = next
      else waiting = [...waiting, ...next]
    }
    while (waiting.length > 0 && !trouble && !problem) {
      if (!(await stillSends(world, waiting))) break
      const chunk = waiting.slice(0, pace.chunk)
      waiting = waiting.slice(chunk.length)
      ahead.begin()
      ;({ pace, trouble } = await sendChunk({ world, connection, account }, chunk, pace, storing))
      if (waiting.length === 0) await more()
    }
    await more()
    await storing.settled()
    if (waiting.length > 0) await giveBack(world, account, waiting, trouble ?? NOT_NOW)
    if (problem) throw problem.error
    return trouble
  }

  return { waits, send, refilled }
}
