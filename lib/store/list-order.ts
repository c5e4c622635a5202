import type { Filter, Grouping, Sort } from '../dialogue/views.ts'
import type { Store } from './db.ts'
import { countOf, inList } from './list-counts.ts'
import { entryIn, isInList, LAST, listPrefix, scopeAll } from './lists.ts'
import type { AccountRow, DialogueRecord, Orders } from './rows.ts'

/*
 * Three ways to a screenful, each of them short whatever the list's length:
 * - by time, unread first: one range of the lists' index, from its end;
 * - by time alone: the unread and the read ones are two ranges, merged;
 * - by something else: along that order's own index, leaving out what is not in the list; where the list is so sparse
 *   that this would pass by more than the list holds, the list itself, sorted.
 */
export interface Found {
  record: DialogueRecord
  account: AccountRow
  /** Where it stands in this order; the cursor to go on from. */
  at: string
}

export type Order =
  | { by: 'rank'; isDown: true }
  | { by: 'time'; isDown: boolean }
  | { by: keyof Orders; isDown: boolean }

export interface Ask {
  scope: string
  filter: Filter
  sort?: Sort
  group?: Grouping
  limit: number
  /** From `sparseIn`. */
  sparse?: ReadonlySet<string>
}

const ORDERS: Record<Sort, Order> = {
  unread: { by: 'rank', isDown: true },
  latest: { by: 'time', isDown: true },
  oldest: { by: 'time', isDown: false },
  'first-name': { by: 'first', isDown: false },
  'last-name': { by: 'last', isDown: false },
  messages: { by: 'count', isDown: true },
}

export function orderOf({ sort = 'unread', group = 'none', filter }: Ask): Order {
  if (group === 'activity') return { by: 'activity', isDown: false }
  if (group === 'person') return { by: sort === 'first-name' ? 'first' : 'last', isDown: false }
  // What comes back first stands first.
  return filter === 'snoozed' && sort === 'unread' ? ORDERS.oldest : ORDERS[sort]
}

/** From after the cursor on, in this order's direction; both ends are left out. */
function bounds(start: string, end: string, { isDown }: Order, cursor?: string): [string, string] {
  if (cursor === undefined) return [start, end]
  return isDown ? [start, cursor] : [cursor, end]
}

function part(db: Store, prefix: string, order: Order, limit: number, cursor?: string) {
  const [from, to] = bounds(prefix, prefix + LAST, order, cursor === undefined ? cursor : prefix + cursor)
  const range = db.dialogues.where('lists').between(from, to, false, false)
  return (order.isDown ? range.reverse() : range).limit(limit).toArray()
}

const FLAGS = ['1', '0']

async function byTime(db: Store, prefix: string, order: Order, limit: number, cursor?: string) {
  const flags = order.by === 'rank' ? [''] : FLAGS
  const parts = await Promise.all(flags.map((flag) => part(db, prefix + flag, order, limit, cursor)))
  const skip = prefix.length + (order.by === 'rank' ? 0 : 1)
  return parts.flat().map((record) => ({ record, at: entryIn(record, prefix)?.slice(skip) ?? '' }))
}

const STRIDE = 100

async function along(
  db: Store,
  account: AccountRow,
  { scope, filter, limit }: Ask,
  order: Order & { by: keyof Orders },
  cursor?: string,
): Promise<DialogueRecord[]> {
  const found: DialogueRecord[] = []
  let at = cursor
  for (;;) {
    const [from, to] = bounds('', LAST, order, at)
    const range = db.dialogues
      .where(`[accountId+orders.${order.by}]`)
      .between([account.id, from], [account.id, to], false, false)
    const records = await (order.isDown ? range.reverse() : range).limit(STRIDE).toArray()
    found.push(...records.filter((record) => isInList(record, scope, filter)))
    at = records.at(-1)?.orders[order.by]
    if (records.length < STRIDE || found.length >= limit) return found
  }
}

function isAfter(at: string, { isDown }: Order, cursor: string | undefined): boolean {
  return cursor === undefined || (isDown ? at < cursor : at > cursor)
}

async function bySomethingElse(
  db: Store,
  account: AccountRow,
  ask: Ask,
  order: Order & { by: keyof Orders },
  cursor?: string,
) {
  const list = inList(db, listPrefix(account.id, ask.scope, ask.filter))
  const isSparse = ask.sparse?.has(account.id)
  const records = isSparse ? await list.toArray() : await along(db, account, ask, order, cursor)
  return records
    .map((record) => ({ record, at: record.orders[order.by] }))
    .filter(({ at }) => isAfter(at, order, cursor))
}

/** In which accounts the list is so sparse that it is shorter than the way along the order to a screenful of it. */
export async function sparseIn(db: Store, accounts: readonly AccountRow[], ask: Ask): Promise<Set<string>> {
  if (!isOther(orderOf(ask))) return new Set()
  const lengths = await Promise.all(
    accounts.map(({ id }) =>
      Promise.all([
        countOf(db, listPrefix(id, ask.scope, ask.filter)),
        countOf(db, listPrefix(id, scopeAll, 'all')),
      ]),
    ),
  )
  const sparse = accounts.filter((_, i) => {
    const [length, all] = lengths[i] ?? [0, 0]
    return length * length <= ask.limit * all
  })
  return new Set(sparse.map(({ id }) => id))
}

function isOther(order: Order): order is Order & { by: keyof Orders } {
  return order.by !== 'rank' && order.by !== 'time'
}

/** The next ones of one account's list. */
export async function screenful(
  db: Store,
  account: AccountRow,
  ask: Ask,
  order: Order,
  cursor?: string,
): Promise<Found[]> {
  const found = isOther(order)
    ? await bySomethingElse(db, account, ask, order, cursor)
    : await byTime(db, listPrefix(account.id, ask.scope, ask.filter), order, ask.limit, cursor)
  const sign = order.isDown ? -1 : 1
  const sorted = found.sort((a, b) => (a.at < b.at ? -sign : sign))
  return sorted.slice(0, ask.limit).map((each) => ({ ...each, account }))
}
