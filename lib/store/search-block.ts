import { ByteReader, ByteWriter } from './search-bytes.ts'

/*
 * A block of the search index: terms, each with the ids of the messages that hold it, newest first.
 *
 *   term's length · term in UTF-8 · ids' length · newest id · distance to the next · …      (all numbers as varints)
 *
 * One row holds all terms that begin alike, so that a search reads a few rows and not one for each word that begins so.
 */
export interface Postings {
  term: string
  bytes: Uint8Array
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function encodeIds(newestFirst: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter(newestFirst.length * 3 + 4)
  for (let i = 0, before = 0; i < newestFirst.length; i++) {
    const id = newestFirst[i] ?? 0
    out.number(i === 0 ? id : before - id)
    before = id
  }
  return out.done()
}

/** A pointer that goes from the newest id to older ones. */
export class IdReader {
  /** 0 when there is none left. */
  id = 0
  readonly #reader: ByteReader

  constructor(bytes: Uint8Array) {
    this.#reader = new ByteReader(bytes)
    if (bytes.length > 0) this.id = this.#reader.number()
  }

  next(): void {
    this.id = this.#reader.isDone ? 0 : this.id - this.#reader.number()
  }
}

export function decodeIds(bytes: Uint8Array): number[] {
  const ids: number[] = []
  for (const reader = new IdReader(bytes); reader.id > 0; reader.next()) ids.push(reader.id)
  return ids
}

/** Goes from term to term without making anything of them. */
class Entries {
  nameAt = 0
  nameLength = 0
  idsAt = 0
  /** Where the term with its ids begins and ends. */
  from = 0
  to = 0
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  next(): boolean {
    if (this.to >= this.bytes.length) return false
    const reader = new ByteReader(this.bytes, this.to)
    this.from = this.to
    this.nameLength = reader.number()
    this.nameAt = reader.at
    reader.at += this.nameLength
    const idsLength = reader.number()
    this.idsAt = reader.at
    this.to = this.idsAt + idsLength
    return true
  }

  get name(): string {
    return decoder.decode(this.bytes.subarray(this.nameAt, this.nameAt + this.nameLength))
  }

  get ids(): Uint8Array {
    return this.bytes.subarray(this.idsAt, this.to)
  }

  beginsWith(prefix: Uint8Array): boolean {
    if (prefix.length > this.nameLength) return false
    for (let i = 0; i < prefix.length; i++) if (this.bytes[this.nameAt + i] !== prefix[i]) return false
    return true
  }
}

function writeEntry(out: ByteWriter, term: string, ids: Uint8Array): void {
  const name = encoder.encode(term)
  out.number(name.length)
  out.all(name)
  out.number(ids.length)
  out.all(ids)
}

export function encodeBlock(entries: Iterable<Postings>): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter()
  for (const { term, bytes } of entries) writeEntry(out, term, bytes)
  return out.done()
}

export function decodeBlock(block: Uint8Array): Map<string, Uint8Array> {
  const terms = new Map<string, Uint8Array>()
  for (const entries = new Entries(block); entries.next(); ) terms.set(entries.name, entries.ids)
  return terms
}

/** The same block with other ids for some terms; a term without ids goes. What it says of the others is copied. */
export function changedBlock(
  block: Uint8Array,
  terms: Iterable<string>,
  change: (term: string, there: Uint8Array) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  const left = new Set(terms)
  const out = new ByteWriter(block.length + 256)
  const put = (term: string, ids: Uint8Array) => ids.length > 0 && writeEntry(out, term, ids)
  for (const entries = new Entries(block); entries.next(); ) {
    const { name } = entries
    if (left.delete(name)) put(name, change(name, entries.ids))
    else out.all(block.subarray(entries.from, entries.to))
  }
  for (const term of left) put(term, change(term, NONE))
  return out.done()
}

const NONE = new Uint8Array()

/** The ids of every term that begins with `prefix`; beginnings of UTF-8 are those of the text. */
export function postingsIn(block: Uint8Array, prefix: string): Uint8Array[] {
  const wanted = encoder.encode(prefix)
  const found: Uint8Array[] = []
  for (const entries = new Entries(block); entries.next(); )
    if (entries.beginsWith(wanted)) found.push(entries.ids)
  return found
}

const ONE_LETTER = /^[\p{Script=Han}\p{Script=Hangul}]/u
const TWO_LETTERS =
  /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** By how many letters terms are put together: scripts with many letters need few. */
export function bucketLength(term: string): number {
  if (ONE_LETTER.test(term)) return 1
  return TWO_LETTERS.test(term) ? 2 : 3
}

const ASCII = /^[\0-\x7f]{0,3}/

export function bucketOf(term: string): string {
  const ascii = ASCII.exec(term)?.[0] ?? ''
  return ascii.length >= Math.min(3, term.length) ? ascii : [...term].slice(0, bucketLength(term)).join('')
}
