import Dexie from 'dexie'
import { termsOf, wordsIn } from '../dialogue/search-words.ts'
import type { Store } from './db.ts'
import { bucketOf, changedBlock, decodeBlock, decodeIds, encodeIds } from './search-block.ts'
import type { TermsRow } from './search-rows.ts'

/*
 * The rows of one bucket:
 *
 *   0            open: new messages go there, so that each writes little
 *   1 … full-1   full, left alone
 *   full         takes over what the open one holds whenever that has grown; full itself, the next begins
 */
const OPEN = 2048
const FULL = 16_384
/** Rows read and written together; between two such lots others have their turn. */
const AT_ONCE = 100

/** Bucket → term → message ids. */
export type Changes = Map<string, Map<string, number[]>>

export function noteTerms(changes: Changes, field: string, text: string, id: number): void {
  for (const term of termsOf(wordsIn(text))) {
    const bucket = field + bucketOf(term)
    const terms = changes.get(bucket) ?? new Map<string, number[]>()
    const ids = terms.get(term) ?? []
    // Names and subject may hold the same word.
    if (ids.at(-1) !== id) ids.push(id)
    changes.set(bucket, terms.set(term, ids))
  }
}

function joined(there: Uint8Array, more: readonly number[]): Uint8Array {
  const all = Float64Array.from([...new Set([...decodeIds(there), ...more])])
  return encodeIds(all.sort().reverse())
}

function withMore(row: TermsRow, more: ReadonlyMap<string, readonly number[]>): TermsRow {
  const bytes = changedBlock(row.bytes, more.keys(), (term, there) => joined(there, more.get(term) ?? []))
  return { ...row, bytes }
}

function without(row: TermsRow, gone: ReadonlyMap<string, readonly number[]>): TermsRow {
  const bytes = changedBlock(row.bytes, gone.keys(), (term, there) => {
    const ids = new Set(gone.get(term))
    return encodeIds(decodeIds(there).filter((id) => !ids.has(id)))
  })
  return { ...row, bytes }
}

/** What an open row has grown to is put with the last of the others, or begins the next. */
function handedOver(open: TermsRow, last: TermsRow | undefined): TermsRow[] {
  const mayTake = last && last.bytes.length < FULL
  const full = mayTake ? open.full : open.full + 1
  const taker = mayTake ? last : { ...open, block: full, full: 0, bytes: new Uint8Array() }
  const terms = new Map([...decodeBlock(open.bytes)].map(([term, ids]) => [term, decodeIds(ids)]))
  return [withMore(taker, terms), { ...open, full, bytes: new Uint8Array() }]
}

type RowKey = [accountId: string, bucket: string, block: number]

async function putRows(db: Store, accountId: string, buckets: Changes): Promise<void> {
  const keys = [...buckets.keys()].map((bucket): RowKey => [accountId, bucket, 0])
  const there = await db.terms.bulkGet(keys)
  const open = [...buckets].map(([bucket, more], i) =>
    withMore(there[i] ?? { accountId, bucket, block: 0, full: 0, bytes: new Uint8Array() }, more),
  )
  const grown = open.filter(({ bytes }) => bytes.length >= OPEN)
  const last = await db.terms.bulkGet(grown.map(({ bucket, full }): RowKey => [accountId, bucket, full]))
  const moved = grown.flatMap((row, i) => handedOver(row, row.full > 0 ? last[i] : undefined))
  await db.terms.bulkPut([...open.filter((row) => !grown.includes(row)), ...moved])
}

export function blocksOf(db: Store, accountId: string, from: string, to = from) {
  return db.terms
    .where('[accountId+bucket+block]')
    .between([accountId, from, Dexie.minKey], [accountId, to, Dexie.maxKey])
}

async function changeRows(db: Store, accountId: string, buckets: Changes): Promise<void> {
  for (const [bucket, gone] of buckets) {
    const rows = await blocksOf(db, accountId, bucket).toArray()
    await db.terms.bulkPut(rows.map((row) => without(row, gone)))
  }
}

function* lotsOf(changes: Changes): Generator<Changes> {
  const all = [...changes]
  for (let from = 0; from < all.length; from += AT_ONCE) yield new Map(all.slice(from, from + AT_ONCE))
}

/** Stands as long as the account does, so that a batch cannot write for one that was removed meanwhile. */
export function markOf(accountId: string): RowKey {
  return [accountId, '', 0]
}

/** Done twice, it changes nothing. */
async function apply(db: Store, accountId: string, changes: Changes, change: typeof putRows): Promise<void> {
  for (const lot of lotsOf(changes)) {
    await db.transaction('rw', db.terms, async () => {
      if (await db.terms.get(markOf(accountId))) await change(db, accountId, lot)
    })
  }
}

export async function changeTerms(
  db: Store,
  accountId: string,
  { taken, added }: { taken: Changes; added: Changes },
): Promise<void> {
  await apply(db, accountId, taken, changeRows)
  await apply(db, accountId, added, putRows)
}
