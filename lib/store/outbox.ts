import Dexie from 'dexie'
import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'
import type { RuleId } from '../dialogue/open-rule.ts'
import { mayDrop, type OutboxEntry, type OutboxEvent, type OutboxState, step } from '../dialogue/outbox.ts'
import type { Store } from './db.ts'
import { firstInLots, inLotsTo, LOT, lotsOf, takeOutOfLots, unpack } from './lots.ts'
import { remembered } from './remembered.ts'
import { dropPerson, followEntries } from './rule-people.ts'

const STATES: readonly OutboxState[] = ['written', 'sending', 'unconfirmed', 'delivered', 'refused']

const inState = (db: Store, accountId: AccountId, state: OutboxState | typeof LOT) =>
  db.outbox
    .where('[accountId+state+position]')
    .between([accountId, state, Dexie.minKey], [accountId, state, Dexie.maxKey])

/** In the order in which they were written. */
export function entriesOf(db: Store, accountId: AccountId): Promise<readonly OutboxEntry[]> {
  return entriesAs(db, accountId, STATES)
}

/** Those in these states, in the order in which they were written; what a rule has sent may be a thousand more. */
export function entriesAs(
  db: Store,
  accountId: AccountId,
  states: readonly OutboxState[],
): Promise<readonly OutboxEntry[]> {
  return remembered(db, 'outbox', `${accountId} ${states}`, () => readAs(db, accountId, states))
}

async function readAs(
  db: Store,
  accountId: AccountId,
  states: readonly OutboxState[],
): Promise<OutboxEntry[]> {
  const as = (state: OutboxState) => inState(db, accountId, state).toArray()
  // One step: what moves from one to another meanwhile is in neither, or in both.
  const found = await db.transaction('r', db.outbox, () =>
    Promise.all([...states.map(as), states.includes('sending') ? inLots(db, accountId) : []]),
  )
  return found.flat().sort((a, b) => a.position - b.position)
}

async function inLots(db: Store, accountId: AccountId, ...range: number[]): Promise<OutboxEntry[]> {
  return (await lotsOf(db, accountId, ...range)).flatMap(({ entries }) => entries)
}

/** Of all. */
export async function keysOf(db: Store, accountId: AccountId): Promise<Set<string>> {
  const [alone, sending] = await Promise.all([keysAlone(db, accountId), inLots(db, accountId)])
  return new Set([...alone, ...sending.map(({ key }) => key)])
}

/** Of those that stand in no lot. */
export async function keysAlone(db: Store, accountId: AccountId): Promise<Set<string>> {
  const found = await db.outbox
    .where('[accountId+state+position]')
    .between([accountId, Dexie.minKey], [accountId, Dexie.maxKey])
    .primaryKeys()
  return new Set(found.map(([, key]) => key))
}

/** The first of those on their way. What people wrote by hand goes one by one: behind it there are only a rule's. */
export function firstSending(db: Store, accountId: AccountId): Promise<OutboxEntry | undefined> {
  return remembered(db, 'outbox', `${accountId} first`, async () => {
    const alone = await inState(db, accountId, 'sending').first()
    return alone ?? firstInLots(db, accountId)
  })
}

/** The position of the newest, 0 where there is none; by the index alone. */
export async function lastPosition(db: Store, accountId: AccountId): Promise<number> {
  const last = await Promise.all([...STATES, LOT].map((state) => inState(db, accountId, state).lastKey()))
  return Math.max(0, ...last.map((key) => Number((key as unknown[] | undefined)?.[2] ?? 0)))
}

export async function entriesIn(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
): Promise<OutboxEntry[]> {
  const alone = db.outbox.where('[accountId+conversationKey]').equals([accountId, key]).toArray()
  const entries = (await Promise.all([alone, inLotsTo(db, accountId, key)])).flat()
  return entries.sort((a, b) => a.position - b.position)
}

export async function entriesOfRule(
  db: Store,
  accountId: AccountId,
  ruleId: RuleId,
  states: readonly OutboxState[] = STATES,
): Promise<OutboxEntry[]> {
  const entries = await entriesAs(db, accountId, states)
  return entries.filter((entry) => entry.ruleId === ruleId)
}

export function entryOf(db: Store, accountId: AccountId, key: string): Promise<OutboxEntry | undefined> {
  return db.outbox.get([accountId, key])
}

/** Moves a stored entry along one arrow; nothing happens when it is no longer in a state that has this arrow. */
export async function moveEntry(db: Store, accountId: AccountId, key: string, event: OutboxEvent) {
  const [moved] = await moveEntries(db, accountId, [{ key, event }])
  return moved
}

/** The keys of those on their way, around these, in lots and alone; as one stretch, which costs far less than one by one. */
export async function sendingAround(db: Store, accountId: AccountId, sent: readonly OutboxEntry[]) {
  const positions = sent.map(({ position }) => position)
  const [first, last] = [Math.min(...positions), Math.max(...positions)]
  const alone = db.outbox
    .where('[accountId+state+position]')
    .between([accountId, 'sending', first], [accountId, 'sending', last], true, true)
    .primaryKeys()
  const [keys, entries] = await Promise.all([alone, inLots(db, accountId, first, last)])
  return { alone: new Set(keys.map(([, key]) => key)), inLots: new Set(entries.map(({ key }) => key)) }
}

/** As they stand alone; what is in a lot is taken out of it. */
async function apart(db: Store, accountId: AccountId, keys: readonly string[]) {
  const get = () => db.outbox.bulkGet(keys.map((key) => [accountId, key] as [string, string]))
  const there = await get()
  const missing = keys.filter((_, i) => !there[i])
  return missing.length > 0 && (await unpack(db, missing)) ? get() : there
}

/** The same for several, in one step; those that have moved. A rule's people move along. */
export async function moveEntries(
  db: Store,
  accountId: AccountId,
  moves: readonly { key: string; event: OutboxEvent }[],
): Promise<OutboxEntry[]> {
  if (moves.length === 0) return []
  return db.transaction('rw', db.outbox, db.rulePeople, async () => {
    const there = await apart(
      db,
      accountId,
      moves.map(({ key }) => key),
    )
    const moved = moves.flatMap(({ event }, i) => {
      const entry = there[i]
      return (entry && step(entry, event)) ?? []
    })
    await db.outbox.bulkPut(moved)
    await followEntries(db, moved)
    return moved
  })
}

export async function removeEntries(db: Store, accountId: AccountId, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await db.transaction('rw', db.outbox, async () => {
    await db.outbox.bulkDelete(keys.map((key) => [accountId, key] as [string, string]))
    await takeOutOfLots(db, keys)
  })
}

/** Dropped by the person, unless it has left. */
export async function dropEntry(
  db: Store,
  accountId: AccountId,
  key: string,
): Promise<OutboxEntry | undefined> {
  return db.transaction('rw', db.outbox, db.rulePeople, async () => {
    const entry = await db.outbox.get([accountId, key])
    if (!entry || !mayDrop(entry)) return undefined
    await db.outbox.delete([accountId, key])
    await dropPerson(db, entry)
    return entry
  })
}
