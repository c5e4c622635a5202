import type { ConversationKey } from '../dialogue/dialogue.ts'
import { nextToSend, type OutboxEntry, type OutboxState } from '../dialogue/outbox.ts'
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
  mostTaken,
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

export interface Refilled {
  /** Whether there may be more after these. */
  more: boolean
  taken: Entries
}

export interface Wanted {
  /** So many are taken at most. */
  most: number
  /** Nothing more to these leaves before the site has answered. */
  underWay: ReadonlySet<ConversationKey>
}

/** Puts more into the outbox, and takes some of it. */
export type Refill = (wanted: Wanted) => Promise<Refilled>

/** The next ones are planned when so many requests' worth is left: not while the answers of a whole lot are being stored. */
const PLAN_AT = 2

const NOT_NOW: Trouble = { kind: 'unreachable', mender: 'wait' }

/** What may leave by its time and the hour, as far as nothing in these states is before it. */
export async function dueEntries(
  world: World,
  account: AccountRow,
  states: readonly OutboxState[],
): Promise<Entries> {
  const isQuiet = quietUntilMs(account.quietHours, world.nowMs()) !== undefined
  const entries = await entriesAs(world.store, account.id, states)
  const due = nextToSend(entries, world.nowMs(), world.serverTime(account))
  return due.filter((entry) => !isQuiet || entry.evenInQuietHours)
}

/** Until there is nothing more to plan. */
function createRefilling(refill: Refill | undefined) {
  let mayBeMore = refill !== undefined
  return {
    mayBeMore: () => mayBeMore,
    async next(wanted: Wanted): Promise<Entries> {
      const { more, taken } = (await refill?.(wanted)) ?? { more: false, taken: [] }
      mayBeMore = more
      return taken
    },
  }
}

/** It was taken a moment ago, and the person may have thought better of it since. */
async function stillSends({ store }: World, [first]: Entries): Promise<boolean> {
  return first !== undefined && (await ruleOf(store, first.accountId, first.ruleId ?? ''))?.state === 'active'
}

/** The next ones are taken while these are on their way, however long that takes; these leave first. */
function createAhead({ pause }: World, taken: () => Promise<Entries>) {
  let ahead: Promise<Entries | { error: unknown }> | undefined
  return {
    begin(): void {
      ahead ??= pause(0)
        .then(taken)
        .catch((error: unknown) => ({ error }))
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

interface Sending {
  chunk: Entries
  pace: Pace
  storing: Storing
  mayBeMore(): boolean
}

/** One request, what it says, and how the next one is paced: known without waiting for what is being stored. */
async function sendChunk(way: Way, { chunk, pace, storing, mayBeMore }: Sending): Promise<Sent> {
  const outcome = await request(way.world, way.connection, chunk)
  if ('answers' in outcome && !isUnclear(outcome, chunk)) {
    storing.push({ entries: chunk, ...outcome }, !mayBeMore())
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
  const way = { world, connection, account }
  const stale = new Set<string | undefined>()
  const underWay = new Set<ConversationKey>()
  const refilling = createRefilling(refill)
  const { mayBeMore } = refilling

  /** Not before its rule has read the course anew. */
  const waits = ({ ruleId }: OutboxEntry): boolean => ruleId !== undefined && stale.has(ruleId)

  /** Undefined where nothing of a rule leaves now. */
  async function able(): Promise<Entries | undefined> {
    // Of what was taken, which is much, nothing else is due.
    if ((await entriesAs(store, account.id, ['written'])).length === 0) return []
    const now = await dueEntries(world, account, ['written', 'unconfirmed'])
    const due = now.filter((entry) => !waits(entry) && !underWay.has(entry.conversationKey))
    // What a person wrote by hand comes first.
    return due.some(({ ruleId }) => ruleId === undefined) ? undefined : due
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

  async function planned(): Promise<Entries> {
    return refilling.next({ most: mostTaken(await paceOf(world, account)), underWay })
  }

  /** What may leave next; empty where nothing does. */
  async function taken(): Promise<Entries> {
    for (;;) {
      const due = await able()
      if (!due || (due.length === 0 && !mayBeMore())) return []
      const entries = due.length > 0 ? await takenFrom(due) : await planned()
      for (const { conversationKey } of entries) underWay.add(conversationKey)
      if (entries.length > 0) return entries
    }
  }

  /** Until nothing is due, or something else comes first. Trouble that concerns the account ends it. */
  async function send(): Promise<Trouble | undefined> {
    const storing = createStoring(world, account)
    const ahead = createAhead(world, taken)
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
      if (waiting.length <= PLAN_AT * pace.chunk) ahead.begin()
      ;({ pace, trouble } = await sendChunk(way, { chunk, pace, storing, mayBeMore }))
      for (const { conversationKey } of chunk) underWay.delete(conversationKey)
      if (storing.isFull()) await storing.settled()
      if (waiting.length === 0) await more()
    }
    await more()
    await storing.settled()
    if (waiting.length > 0) await giveBack(world, account, waiting, trouble ?? NOT_NOW)
    underWay.clear()
    if (problem) throw problem.error
    return trouble
  }

  return { waits, send, mayBeMore }
}
