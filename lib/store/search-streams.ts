import type { AccountId } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'
import { bucketLength, bucketOf, IdReader, postingsIn } from './search-block.ts'
import { BODY, HEAD } from './search-index.ts'
import { blocksOf } from './search-terms.ts'

/** Ids from the newest to older ones, read no further than anybody asks. */
interface Stream {
  /** 0 when there is none left. */
  readonly id: number
  /** Goes to the newest id that is not newer than `id`. */
  seek(id: number): void
}

/** Any of many lists, the one with the newest id on top of a heap: a beginning of three letters may have a thousand. */
class AnyOf implements Stream {
  readonly #heap: IdReader[]

  constructor(lists: readonly Uint8Array[]) {
    this.#heap = lists.map((bytes) => new IdReader(bytes)).sort((a, b) => b.id - a.id)
  }

  get id(): number {
    return this.#heap[0]?.id ?? 0
  }

  seek(id: number): void {
    for (let top = this.#heap[0]; top && top.id > id; top = this.#heap[0]) {
      while (top.id > id) top.next()
      this.#sink(top)
    }
  }

  /** The top one has become older: down it goes to its place; what is at its end sinks below everything. */
  #sink(top: IdReader): void {
    const heap = this.#heap
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if ((heap[child + 1]?.id ?? -1) > (heap[child]?.id ?? -1)) child++
      const newer = heap[child]
      if (!newer || newer.id <= top.id) break
      heap[at] = newer
      at = child
    }
    heap[at] = top
  }
}

async function listsOf(db: Store, accountId: AccountId, field: string, term: string): Promise<Uint8Array[]> {
  const isWhole = [...term].length >= bucketLength(term)
  const from = field + (isWhole ? bucketOf(term) : term)
  const rows = await blocksOf(db, accountId, from, isWhole ? from : `${from}\uffff`).toArray()
  return rows.flatMap(({ bytes }) => postingsIn(bytes, term))
}

export type Lists = { body: Uint8Array[]; head: Uint8Array[] }[]

/** One entry for each beginning to look up. */
export function readLists(db: Store, accountId: AccountId, terms: readonly string[]): Promise<Lists> {
  return Promise.all(
    terms.map(async (term) => {
      const [body, head] = await Promise.all([
        listsOf(db, accountId, BODY, term),
        listsOf(db, accountId, HEAD, term),
      ])
      return { body, head }
    }),
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
