import Dexie from 'dexie'
import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'
import type { RuleId } from '../dialogue/open-rule.ts'
import { mayDrop, type OutboxEntry, type OutboxEvent, step } from '../dialogue/outbox.ts'
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

/** The same for several, in one step; those that have moved. A rule's people move along. */
export async function moveEntries(
  db: Store,
  accountId: AccountId,
  moves: readonly { key: string; event: OutboxEvent }[],
): Promise<OutboxEntry[]> {
  return db.transaction('rw', db.outbox, db.rulePeople, async () => {
    const there = await db.outbox.bulkGet(moves.map(({ key }) => [accountId, key] as [string, string]))
    const moved = there.flatMap((entry, i) => {
      const event = moves[i]?.event
      return (entry && event && step(entry, event)) ?? []
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

/** The person wants it to leave in quiet hours too. */
export async function sendEvenNow(db: Store, accountId: AccountId, key: string): Promise<void> {
  await db.outbox.update([accountId, key], { evenInQuietHours: true })
}
