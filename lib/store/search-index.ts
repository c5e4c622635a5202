import Dexie from 'dexie'
import { personOf } from '../dialogue/dialogue.ts'
import { plainText } from '../dialogue/html.ts'
import { termsOf, wordsIn } from '../dialogue/search-words.ts'
import { ofAccount } from './accounts.ts'
import type { Store } from './db.ts'
import { peopleOf } from './people.ts'
import type { AccountRow, MessageRow, TermsRow, UnindexedRow } from './rows.ts'
import { bucketOf, decodeBlock, decodeIds, encodeBlock, encodeIds } from './search-block.ts'
import { wordsOf } from './search-queue.ts'

/*
 * A message's way into the index, behind the reader's back:
 *
 * unindexed ──► indexed     a batch took it in
 * indexed ────► unindexed   its words changed, or it is gone; the search no longer shows it from that moment on,
 *                           because it looks at the message itself before it shows anything
 * unindexed ──► (gone)      a batch took its words out
 *
 * A batch changes the index first and takes the notes off afterwards: stopped in between, it is done again, which
 * changes nothing.
 */

/** Words said, and words of the subject and the people around them. */
export const BODY = 'b'
export const HEAD = 'h'

/** A batch writes nearly as many rows as there are beginnings of words, so few large ones; only a search waits for one. */
const BATCH = 500
/** A fuller block is left alone, so that a new message never writes a long row again. */
const FULL = 16_384

/** Bucket → term → message ids. */
type Changes = Map<string, Map<string, Set<number>>>

function note(changes: Changes, field: string, text: string, id: number): void {
  for (const term of termsOf(wordsIn(text))) {
    const bucket = field + bucketOf(term)
    const terms = changes.get(bucket) ?? new Map<string, Set<number>>()
    const ids = terms.get(term) ?? new Set()
    changes.set(bucket, terms.set(term, ids.add(id)))
  }
}

/** The names by which a message is found: the other person's, or the group's and its author's. */
type NamesOf = (row: Pick<MessageRow, 'key' | 'authorId'>) => string

async function namesFor(db: Store, account: AccountRow, rows: readonly MessageRow[]): Promise<NamesOf> {
  const ids = rows.flatMap(({ key, authorId }) => [authorId, personOf(key) ?? authorId])
  const groups = [...new Set(rows.map(({ key }) => key).filter((key) => key.startsWith('g')))]
  const [people, conversations] = await Promise.all([
    peopleOf(db, account.id, ids),
    db.conversations.bulkGet(groups.map((key) => [account.id, key] as [string, string])),
  ])
  const names = new Map(conversations.map((row, i) => [groups[i], row?.name ?? '']))
  return ({ key, authorId }) => {
    const person = personOf(key) ?? (authorId === account.userId ? undefined : authorId)
    return [person === undefined ? '' : people.get(person)?.fullName, names.get(key)].join(' ')
  }
}

function noteWords(changes: Changes, { html, subject = '' }: UnindexedRow['was'][number], id: number): void {
  note(changes, BODY, plainText(html), id)
  note(changes, HEAD, subject, id)
}

async function changesFor(db: Store, account: AccountRow, notes: readonly UnindexedRow[]) {
  const keys = notes.map(({ accountId, key, id }) => [accountId, key, id] as [string, string, number])
  const rows = await db.messages.bulkGet(keys)
  const held = rows.filter((row) => row !== undefined)
  const namesOf = await namesFor(db, account, held)
  const [taken, added]: [Changes, Changes] = [new Map(), new Map()]
  notes.forEach(({ id, was }, i) => {
    for (const words of was) noteWords(taken, words, id)
    const row = rows[i]
    if (!row) return
    noteWords(added, wordsOf(row), id)
    note(added, HEAD, namesOf(row), id)
  })
  return { taken, added }
}

function blocksOf(db: Store, accountId: string, bucket: string) {
  return db.terms
    .where('[accountId+bucket+block]')
    .between([accountId, bucket, Dexie.minKey], [accountId, bucket, Dexie.maxKey])
}

function withTerms(row: TermsRow, terms: Map<string, Uint8Array>): TermsRow {
  return { ...row, bytes: encodeBlock([...terms].map(([term, bytes]) => ({ term, bytes }))) }
}

function without(row: TermsRow, gone: Map<string, Set<number>>): TermsRow {
  const terms = decodeBlock(row.bytes)
  for (const [term, ids] of gone) {
    const left = decodeIds(terms.get(term) ?? new Uint8Array()).filter((id) => !ids.has(id))
    if (left.length > 0) terms.set(term, encodeIds(left))
    else terms.delete(term)
  }
  return withTerms(row, terms)
}

async function takeOut(db: Store, accountId: string, changes: Changes): Promise<void> {
  for (const [bucket, gone] of changes) {
    const rows = await blocksOf(db, accountId, bucket).toArray()
    await db.terms.bulkPut(rows.map((row) => without(row, gone)))
  }
}

function withMore(row: TermsRow, more: Map<string, Set<number>>): TermsRow {
  const terms = decodeBlock(row.bytes)
  for (const [term, ids] of more) {
    const there = terms.get(term)
    const all = new Set([...ids, ...(there ? decodeIds(there) : [])])
    terms.set(term, encodeIds([...all].sort((a, b) => b - a)))
  }
  return withTerms(row, terms)
}

/** A row that has grown full is put beside, and an empty one begins. */
function split(row: TermsRow): TermsRow[] {
  if (row.bytes.length < FULL) return [row]
  const full = row.full + 1
  return [
    { ...row, block: full, full: 0 },
    { ...row, full, bytes: new Uint8Array() },
  ]
}

async function putIn(db: Store, accountId: string, changes: Changes): Promise<void> {
  const buckets = [...changes]
  const there = await db.terms.bulkGet(
    buckets.map(([bucket]) => [accountId, bucket, 0] as [string, string, number]),
  )
  const rows = buckets.flatMap(([bucket, more], i) => {
    const row = there[i] ?? { accountId, bucket, block: 0, full: 0, bytes: new Uint8Array() }
    return split(withMore(row, more))
  })
  await db.terms.bulkPut(rows)
}

/** Stands as long as the account does, so that a batch cannot write for one that was removed meanwhile. */
function markOf(accountId: string): [string, string, number] {
  return [accountId, '', 0]
}

async function begin(db: Store, accountId: string): Promise<void> {
  if (await db.terms.get(markOf(accountId))) return
  await db.transaction('rw', db.accounts, db.terms, async () => {
    if (!(await db.accounts.get(accountId))) return
    await db.terms.put({ accountId, bucket: '', block: 0, full: 0, bytes: new Uint8Array() })
  })
}

async function apply(db: Store, accountId: string, changes: { taken: Changes; added: Changes }) {
  await db.transaction('rw', db.terms, async () => {
    if (!(await db.terms.get(markOf(accountId)))) return
    await takeOut(db, accountId, changes.taken)
    await putIn(db, accountId, changes.added)
  })
}

/** What changed again since the batch was read stays noted. */
async function done(db: Store, notes: readonly UnindexedRow[]): Promise<void> {
  const keys = notes.map(({ accountId, id }) => [accountId, id] as [string, number])
  await db.transaction('rw', db.unindexed, async () => {
    const now = await db.unindexed.bulkGet(keys)
    const same = keys.filter((_, i) => now[i]?.was.length === notes[i]?.was.length)
    await db.unindexed.bulkDelete(same)
  })
}

/** Takes the newest noted messages into the index; says how many there were. */
export async function indexBatch(db: Store, account: AccountRow, limit = BATCH): Promise<number> {
  const notes: UnindexedRow[] = await ofAccount(db, 'unindexed', account.id).reverse().limit(limit).toArray()
  if (notes.length === 0) return 0
  await begin(db, account.id)
  await apply(db, account.id, await changesFor(db, account, notes))
  await done(db, notes)
  return notes.length
}

export function countUnindexed(db: Store, accountId: string): Promise<number> {
  return ofAccount(db, 'unindexed', accountId).count()
}
