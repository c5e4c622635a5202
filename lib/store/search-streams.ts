import Dexie from 'dexie'
import type { AccountId } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'
import { bucketLength, bucketOf, decodeIds, IdReader, postingsIn } from './search-block.ts'
import { BODY, HEAD } from './search-index.ts'

/** Ids from the newest to older ones, read no further than anybody asks. */
interface Stream {
  /** 0 when there is none left. */
  readonly id: number
  /** Goes to the newest id that is not newer than `id`. */
  seek(id: number): void
}

/** Lists this short are read at once: a beginning of three letters may have a thousand of them. */
const SHORT = 96

class Sorted {
  id: number
  readonly #ids: Float64Array
  #at: number

  constructor(ids: number[]) {
    this.#ids = Float64Array.from(ids).sort()
    this.#at = ids.length - 1
    this.id = this.#ids[this.#at] ?? 0
  }

  next(): void {
    this.#at -= 1
    this.id = this.#ids[this.#at] ?? 0
  }
}

class AnyOf implements Stream {
  id = 0
  readonly #readers: (IdReader | Sorted)[]

  constructor(lists: readonly Uint8Array[]) {
    const short = lists.filter(({ length }) => length < SHORT).flatMap(decodeIds)
    const long = lists.filter(({ length }) => length >= SHORT)
    this.#readers = [new Sorted(short), ...long.map((bytes) => new IdReader(bytes))]
    this.seek(Number.POSITIVE_INFINITY)
  }

  seek(id: number): void {
    let newest = 0
    for (const reader of this.#readers) {
      while (reader.id > id) reader.next()
      if (reader.id > newest) newest = reader.id
    }
    this.id = newest
  }
}

async function listsOf(db: Store, accountId: AccountId, field: string, term: string): Promise<Uint8Array[]> {
  const isWhole = [...term].length >= bucketLength(term)
  const from = field + (isWhole ? bucketOf(term) : term)
  const to = isWhole ? from : `${from}\uffff`
  const rows = await db.terms
    .where('[accountId+bucket+block]')
    .between([accountId, from, Dexie.minKey], [accountId, to, Dexie.maxKey])
    .toArray()
  return rows.flatMap(({ bytes }) => postingsIn(bytes, term))
}

export type Lists = { body: Uint8Array[]; head: Uint8Array[] }[]

/** One entry for each beginning to look up. */
export function readLists(db: Store, accountId: AccountId, terms: readonly string[]): Promise<Lists> {
  return db.transaction('r', db.terms, async () =>
    Promise.all(
      terms.map(async (term) => {
        const [body, head] = await Promise.all([
          listsOf(db, accountId, BODY, term),
          listsOf(db, accountId, HEAD, term),
        ])
        return { body, head }
      }),
    ),
  )
}

/** The messages in which every beginning stands somewhere and at least one in what was said, newest first. */
export function* messagesWith(lists: Lists): Generator<number> {
  const places = lists.map(({ body, head }) => ({ body: new AnyOf(body), head: new AnyOf(head) }))
  for (const id of common(places.map(({ body, head }) => eitherOf(body, head))))
    if (places.some(({ body }) => body.id === id)) yield id
}

/** Those in whose subject or people every beginning stands. */
export function headsWith(lists: Lists): Generator<number> {
  return common(lists.map(({ head }) => new AnyOf(head)))
}

function eitherOf(one: Stream, other: Stream): Stream {
  return {
    get id() {
      return Math.max(one.id, other.id)
    },
    seek(id) {
      one.seek(id)
      other.seek(id)
    },
  }
}

function* common(streams: readonly Stream[]): Generator<number> {
  let wanted = Number.MAX_SAFE_INTEGER
  while (streams.length > 0) {
    for (const stream of streams) stream.seek(wanted)
    const oldest = Math.min(...streams.map(({ id }) => id))
    if (oldest === 0) return
    const isCommon = streams.every(({ id }) => id === oldest)
    if (isCommon) yield oldest
    wanted = isCommon ? oldest - 1 : oldest
  }
}
