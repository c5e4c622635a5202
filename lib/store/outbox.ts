import Dexie from 'dexie'
import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'
import { mayDrop, type OutboxEntry, type OutboxEvent, step } from '../dialogue/outbox.ts'
import type { Store } from './db.ts'

/** In the order in which they were written. */
export function entriesOf(db: Store, accountId: AccountId): Promise<OutboxEntry[]> {
  return db.outbox
    .where('[accountId+position]')
    .between([accountId, Dexie.minKey], [accountId, Dexie.maxKey])
    .toArray()
}

export async function entriesIn(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
): Promise<OutboxEntry[]> {
  return (await entriesOf(db, accountId)).filter((entry) => entry.conversationKey === key)
}

export function entryOf(db: Store, accountId: AccountId, key: string): Promise<OutboxEntry | undefined> {
  return db.outbox.get([accountId, key])
}

/** Moves a stored entry along one arrow; nothing happens when it is no longer in a state that has this arrow. */
export async function moveEntry(db: Store, accountId: AccountId, key: string, event: OutboxEvent) {
  return db.transaction('rw', db.outbox, async () => {
    const entry = await db.outbox.get([accountId, key])
    const moved = entry && step(entry, event)
    if (moved) await db.outbox.put(moved)
    return moved
  })
}

export async function removeEntry(db: Store, accountId: AccountId, key: string): Promise<void> {
  await db.outbox.delete([accountId, key])
}

/** Dropped by the person, unless it has left. */
export async function dropEntry(
  db: Store,
  accountId: AccountId,
  key: string,
): Promise<OutboxEntry | undefined> {
  return db.transaction('rw', db.outbox, async () => {
    const entry = await db.outbox.get([accountId, key])
    if (!entry || !mayDrop(entry)) return undefined
    await db.outbox.delete([accountId, key])
    return entry
  })
}
