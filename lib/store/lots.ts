import Dexie from 'dexie'
import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import type { Store } from './db.ts'

/*
 * Messages of a rule that leave at once stand in the outbox as one row for a request's worth: a browser takes as long for
 * a row of twenty-five as for a row of one. All of them are `sending`.
 *
 * (nothing) ─► lot        planned and taken in one step
 * lot ───────► lot        some of them are filed, or taken out
 * lot ───────► (gone)     the last of them is
 * lot ───────► entries    one of them takes an arrow of its own: refused, unclear, not executed, or its lease is lost
 */

export interface Lot {
  accountId: AccountId
  /** No message's: `lot` and the key of the first. */
  key: string
  state: typeof LOT
  /** Of the last of them. */
  position: number
  ruleId: string
  /** No message stands in two. */
  lotKeys: string[]
  lotConversations: ConversationKey[]
  entries: OutboxEntry[]
}

const SIZE = 25

/** In place of a state. */
export const LOT = 'lot' as const

const lots = (db: Store) => db.table<Lot, [string, string]>('outbox')

function lotOf(entries: OutboxEntry[]): Lot {
  const [{ accountId = '', key = '', ruleId = '' } = {}] = entries as [OutboxEntry?]
  const { position = 0 } = entries.at(-1) ?? {}
  return {
    ...{ accountId, key: `lot ${key}`, state: LOT, position, ruleId },
    lotKeys: entries.map((entry) => entry.key),
    lotConversations: entries.map(({ conversationKey }) => conversationKey),
    entries,
  }
}

/** Of one rule, in the order of their positions. Rejects where one of them is in a lot already. */
export async function addLots(db: Store, entries: readonly OutboxEntry[]): Promise<void> {
  const made: Lot[] = []
  for (let from = 0; from < entries.length; from += SIZE) made.push(lotOf(entries.slice(from, from + SIZE)))
  await lots(db).bulkAdd(made)
}

const inOrder = (
  db: Store,
  accountId: AccountId,
  first: unknown = Dexie.minKey,
  last: unknown = Dexie.maxKey,
) =>
  lots(db)
    .where('[accountId+state+position]')
    .between([accountId, LOT, first], [accountId, LOT, last], true, true)

/** In order: all, or those that may hold a position from the first to the last. */
export function lotsOf(db: Store, accountId: AccountId, first?: number, last?: number): Promise<Lot[]> {
  return inOrder(db, accountId, first, last && last + SIZE).toArray()
}

export async function firstInLots(db: Store, accountId: AccountId): Promise<OutboxEntry | undefined> {
  return (await inOrder(db, accountId).first())?.entries[0]
}

/** Those that hold one of these messages. */
async function lotsWith(db: Store, keys: readonly string[]): Promise<Lot[]> {
  const found: Lot[] = []
  const left = new Set(keys)
  for (const key of keys) {
    if (!left.has(key)) continue
    const lot = await lots(db).where('lotKeys').equals(key).first()
    for (const each of lot?.lotKeys ?? []) left.delete(each)
    if (lot) found.push(lot)
  }
  return found
}

const placeOf = ({ accountId, key }: Lot): [string, string] => [accountId, key]

/** lot → entries, of those that hold one of these; whether there were any. */
export async function unpack(db: Store, keys: readonly string[]): Promise<boolean> {
  const found = await lotsWith(db, keys)
  await lots(db).bulkDelete(found.map(placeOf))
  await db.outbox.bulkPut(found.flatMap(({ entries }) => entries))
  return found.length > 0
}

/** lot → lot, or (gone) */
export async function takeOutOfLots(db: Store, keys: readonly string[]): Promise<void> {
  const gone = new Set(keys)
  for (const lot of await lotsWith(db, keys)) {
    const rest = lot.entries.filter(({ key }) => !gone.has(key))
    await lots(db).delete(placeOf(lot))
    if (rest.length > 0) await lots(db).add(lotOf(rest))
  }
}

export async function inLotsTo(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
): Promise<OutboxEntry[]> {
  const found = await lots(db).where('lotConversations').equals(key).toArray()
  const entries = found.filter((lot) => lot.accountId === accountId).flatMap((lot) => lot.entries)
  return entries.filter(({ conversationKey }) => conversationKey === key)
}

/** The entries with these keys, whether they stand in lots or alone. */
export async function entriesWith(
  db: Store,
  accountId: AccountId,
  keys: readonly string[],
): Promise<OutboxEntry[]> {
  const wanted = new Set(keys)
  const inLots = (await lotsWith(db, keys)).flatMap(({ entries }) => entries)
  const found = new Map(inLots.filter(({ key }) => wanted.has(key)).map((entry) => [entry.key, entry]))
  const rest = keys.filter((key) => !found.has(key))
  const alone = await db.outbox.bulkGet(rest.map((key) => [accountId, key] as [string, string]))
  for (const entry of alone) if (entry) found.set(entry.key, entry)
  return keys.flatMap((key) => found.get(key) ?? [])
}
