import { messagesIn } from './messages.ts'
import type { Search } from './search-hits.ts'
import { CLOSE_KEYS, conversationsOf, type Ids } from './search-runs.ts'

/** What is asked for together, in questions to the database; each lot larger than the one before. */
const FIRST_LOT = 24
const GROWTH = 4
const MOST_LOOKED_AT = 2000

/** What else stands in these conversations and is older; of a very long one the newest. */
async function idsBefore(
  { db, account }: Search,
  keys: readonly string[],
  id: number | undefined,
): Promise<number[]> {
  const older = (key: string) => messagesIn(db, account.id, key, id).reverse().limit(MOST_LOOKED_AT)
  const each = await Promise.all(keys.map((key) => older(key).primaryKeys()))
  return each.flat().map(([, , id]) => id)
}

/**
 * Hands over the conversations in which these messages stand, newest first and each once, until `take` has enough.
 * No generator: the store's transactions do not follow one.
 */
export async function conversationsWith(
  search: Search,
  ids: Iterator<number>,
  take: (keys: string[]) => Promise<boolean>,
): Promise<void> {
  const [seen, passed] = [new Set<string>(), new Set<number>()]
  for (let [size, left] = [FIRST_LOT, MOST_LOOKED_AT]; left > 0; size *= GROWTH) {
    const lot = nextOf(ids, size, passed)
    if (lot.length === 0) return
    left -= lot.length
    const keyOf = await conversationsOf(search.db, search.account.id, lot)
    const keys = [...new Set(lot.flatMap((id) => keyOf.get(id) ?? []))].filter((key) => !seen.has(key))
    for (const key of keys) seen.add(key)
    if (await take(keys)) return
    for (const id of await idsBefore(search, keys, lot.at(-1))) passed.add(id)
  }
}

/** As many as cost no more than `size` that lie far apart. */
function nextOf(ids: Iterator<number>, size: number, passed: ReadonlySet<number>): Ids {
  const lot: number[] = []
  for (let cost = 0; cost < size; ) {
    const next = ids.next()
    if (next.done) break
    if (passed.has(next.value)) continue
    cost += (lot.at(-1) ?? Number.POSITIVE_INFINITY) - next.value <= CLOSE_KEYS ? 1 / CLOSE_KEYS : 1
    lot.push(next.value)
  }
  return lot
}
