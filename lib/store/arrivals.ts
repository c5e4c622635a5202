import { type AccountId, personOf } from '../dialogue/dialogue.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import { type ArrivalRow, arrivalsOf } from './arrival-rows.ts'
import type { Store } from './db.ts'
import { entriesWith } from './lots.ts'
import { keysOf, sendingAround } from './outbox.ts'
import { followEntries } from './rule-people.ts'

/*
 * That a message of a rule has left, its entry says alone: its person may stand as `not-attempted` still. That
 * it has arrived, one row says for all that were answered together: their entries stay `sending` until they are filed,
 * and their people as they are until they are filed or read. A site would otherwise wait for three thousand rows to be
 * written.
 *
 * (nothing) ─► untold    the site has answered, and all stand in lots: nothing was written of their people since they left
 * (nothing) ─► told      the site has answered, of others: their people are written in the same step
 * untold ────► told      somebody reads these people, or the messages are filed
 * told ──────► (gone)    none of the messages is in the outbox any more
 */

const userIdOf = ({ conversationKey }: OutboxEntry) => personOf(conversationKey) ?? 0

const arrivedAs = (entry: OutboxEntry, messageId: number | undefined): OutboxEntry =>
  messageId === undefined ? entry : { ...entry, state: 'delivered', messageId }

/** The entries, those that have arrived as `delivered`. */
export async function asTheyStand(
  db: Store,
  entries: readonly OutboxEntry[],
): Promise<readonly OutboxEntry[]> {
  const first = entries.find(({ state, ruleId }) => state === 'sending' && ruleId !== undefined)
  if (!first) return entries
  const rows = await arrivalsOf(db, first.accountId)
  const ids = new Map(rows.flatMap(({ keys, messageIds }) => keys.map((key, i) => [key, messageIds[i]])))
  return entries.map((entry) => (entry.state === 'sending' ? arrivedAs(entry, ids.get(entry.key)) : entry))
}

/** Of those whose entry is on its way as it was taken, that they have arrived; tells their keys. */
export async function noteReached(db: Store, arrived: readonly OutboxEntry[]): Promise<Set<string>> {
  const [first] = arrived
  if (!first) return new Set()
  return db.transaction('rw', db.outbox, db.rulePeople, db.arrivals, async () => {
    const { alone, inLots } = await sendingAround(db, first.accountId, arrived)
    const left = arrived.filter(({ key }) => alone.has(key) || inLots.has(key))
    for (const entries of Map.groupBy(left, ({ ruleId }) => ruleId).values())
      await noteIn(db, entries, !entries.every(({ key }) => inLots.has(key)))
    return new Set(left.map(({ key }) => key))
  })
}

async function noteIn(db: Store, entries: readonly OutboxEntry[], isTold: boolean): Promise<void> {
  const [{ accountId, key: id, ruleId = '' }] = entries as [OutboxEntry]
  if (isTold)
    await followEntries(
      db,
      entries.map((entry) => arrivedAs(entry, entry.messageId)),
    )
  await db.arrivals.put({
    accountId,
    id,
    ruleId,
    keys: entries.map(({ key }) => key),
    userIds: entries.map(userIdOf),
    messageIds: entries.map(({ messageId = 0 }) => messageId),
    ...(isTold ? { told: true } : {}),
  })
}

/** Brings the people of what has arrived up to date: of all, or of what holds one of these keys. */
export async function tellPeople(db: Store, accountId: AccountId, some?: ReadonlySet<string>): Promise<void> {
  const isMeant = ({ told, keys }: ArrivalRow) => !told && (!some || keys.some((key) => some.has(key)))
  if (!(await arrivalsOf(db, accountId)).some(isMeant)) return
  await db.transaction('rw', db.outbox, db.rulePeople, db.arrivals, async () => {
    const rows = (await arrivalsOf(db, accountId)).filter(isMeant)
    const keys = rows.flatMap((row) => row.keys)
    const there = await entriesWith(db, accountId, keys)
    await followEntries(db, await asTheyStand(db, there), 'not-attempted')
    await db.arrivals.bulkPut(rows.map((row) => ({ ...row, told: true })))
  })
}

/** told → (gone) */
export async function forgetFiled(db: Store, accountId: AccountId): Promise<void> {
  if ((await arrivalsOf(db, accountId)).length === 0) return
  await db.transaction('rw', db.outbox, db.arrivals, async () => {
    const left = await keysOf(db, accountId)
    const rows = await arrivalsOf(db, accountId)
    const filed = rows.filter(({ keys }) => !keys.some((key) => left.has(key)))
    await db.arrivals.bulkDelete(filed.map(({ id }) => [accountId, id] as [string, string]))
  })
}
