import { messagesIn } from './messages.ts'
import type { Search } from './search-hits.ts'

/** Ids looked at together, each lot larger than the one before. */
const FIRST_LOT = 24
const GROWTH = 4
/** For each id of a lot so many messages may lie between: read as one stretch, keys alone cost next to nothing. */
const DENSE = 40
const MOST_LOOKED_AT = 1500

type Ids = readonly number[]

/** Which conversation each message of a stretch belongs to; undefined where the stretch is too long to be read. */
async function keysOfStretch({ db, account }: Search, ids: Ids): Promise<Map<number, string> | undefined> {
  const most = ids.length * DENSE
  const keys = await db.messages
    .where('[accountId+id]')
    .between([account.id, ids.at(-1) ?? 0], [account.id, ids[0] ?? 0], true, true)
    .limit(most)
    .primaryKeys()
  return keys.length < most ? new Map(keys.map(([, key, id]) => [id, key])) : undefined
}

async function keysOfEach({ db, account }: Search, ids: Ids): Promise<Map<number, string>> {
  const found = await Promise.all(
    ids.map((id) => db.messages.where({ accountId: account.id, id }).primaryKeys()),
  )
  return new Map(found.flatMap(([key]) => (key ? [[key[2], key[1]] as const] : [])))
}

async function idsIn({ db, account }: Search, keys: readonly string[]): Promise<number[]> {
  const each = await Promise.all(keys.map((key) => messagesIn(db, account.id, key).primaryKeys()))
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
  for (let [size, looked] = [FIRST_LOT, 0]; looked < MOST_LOOKED_AT; size *= GROWTH) {
    const lot = nextOf(ids, size, passed)
    if (lot.length === 0) return
    looked += lot.length
    const stretch = await keysOfStretch(search, lot)
    const keyOf = stretch ?? (await keysOfEach(search, lot))
    const keys = [...new Set(lot.flatMap((id) => keyOf.get(id) ?? []))].filter((key) => !seen.has(key))
    for (const key of keys) seen.add(key)
    if (await take(keys)) return
    // Of a stretch the others cost nothing.
    if (!stretch) for (const id of await idsIn(search, keys)) passed.add(id)
  }
}

function nextOf(ids: Iterator<number>, size: number, passed: ReadonlySet<number>): number[] {
  const lot: number[] = []
  while (lot.length < size) {
    const next = ids.next()
    if (next.done) break
    if (!passed.has(next.value)) lot.push(next.value)
  }
  return lot
}
