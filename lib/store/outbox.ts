import Dexie from 'dexie'
import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'
import type { RuleId } from '../dialogue/open-rule.ts'
import { mayDrop, type OutboxEntry, type OutboxEvent, type OutboxState, step } from '../dialogue/outbox.ts'
import type { Store } from './db.ts'
import { remembered } from './remembered.ts'
import { dropPerson, followEntries } from './rule-people.ts'

/** In the order in which they were written. */
export function entriesOf(db: Store, accountId: AccountId): Promise<readonly OutboxEntry[]> {
  return remembered(db, 'outbox', accountId, async () =>
    db.outbox
      .where('[accountId+position]')
      .between([accountId, Dexie.minKey], [accountId, Dexie.maxKey])
      .toArray(),
  )
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
  const as = (state: OutboxState) =>
    db.outbox
      .where('[accountId+state+position]')
      .between([accountId, state, Dexie.minKey], [accountId, state, Dexie.maxKey])
      .toArray()
  // One step: what moves from one to another meanwhile is in neither, or in both.
  const found = await db.transaction('r', db.outbox, () => Promise.all(states.map(as)))
  return found.flat().sort((a, b) => a.position - b.position)
}

/** The position of the newest, 0 where there is none. */
export async function lastPosition(db: Store, accountId: AccountId): Promise<number> {
  const last = await db.outbox
    .where('[accountId+position]')
    .between([accountId, Dexie.minKey], [accountId, Dexie.maxKey])
    .last()
  return last?.position ?? 0
}

export async function entriesIn(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
): Promise<OutboxEntry[]> {
  const entries = await db.outbox.where('[accountId+conversationKey]').equals([accountId, key]).toArray()
  return entries.sort((a, b) => a.position - b.position)
}

export function entriesOfRule(db: Store, accountId: AccountId, ruleId: RuleId): Promise<OutboxEntry[]> {
  return db.outbox.where('[accountId+ruleId]').equals([accountId, ruleId]).toArray()
}

export function entryOf(db: Store, accountId: AccountId, key: string): Promise<OutboxEntry | undefined> {
  return db.outbox.get([accountId, key])
}

/** Moves a stored entry along one arrow; nothing happens when it is no longer in a state that has this arrow. */
export async function moveEntry(db: Store, accountId: AccountId, key: string, event: OutboxEvent) {
  const [moved] = await moveEntries(db, accountId, [{ key, event }])
  return moved
}

/** Those of them that are on their way still; read as one stretch, which costs far less than one by one. */
async function sendingAmong(
  db: Store,
  accountId: AccountId,
  sent: readonly OutboxEntry[],
): Promise<Map<string, OutboxEntry>> {
  if (sent.length === 0) return new Map()
  const positions = sent.map(({ position }) => position)
  const range = [Math.min(...positions), Math.max(...positions)].map((at) => [accountId, 'sending', at])
  const found = await db.outbox
    .where('[accountId+state+position]')
    .between(range[0], range[1], true, true)
    .toArray()
  return new Map(found.map((entry) => [entry.key, entry]))
}

/**
 * The same for several, in one step; those that have moved. A rule's people move along. `sent`: as they were taken,
 * where they were.
 */
export async function moveEntries(
  db: Store,
  accountId: AccountId,
  moves: readonly { key: string; event: OutboxEvent }[],
  sent: readonly OutboxEntry[] = [],
): Promise<OutboxEntry[]> {
  return db.transaction('rw', db.outbox, db.rulePeople, async () => {
    const sending = await sendingAmong(db, accountId, sent)
    const keys = moves.flatMap(({ key }) => (sending.has(key) ? [] : [[accountId, key] as [string, string]]))
    const others = keys.length > 0 ? await db.outbox.bulkGet(keys) : []
    const there = new Map([
      ...sending,
      ...others.flatMap((entry) => (entry ? [[entry.key, entry] as const] : [])),
    ])
    const moved = moves.flatMap(({ key, event }) => {
      const entry = there.get(key)
      return (entry && step(entry, event)) ?? []
    })
    await db.outbox.bulkPut(moved)
    await followEntries(db, moved)
    return moved
  })
}

export async function removeEntries(db: Store, accountId: AccountId, keys: readonly string[]): Promise<void> {
  await db.outbox.bulkDelete(keys.map((key) => [accountId, key] as [string, string]))
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
