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

/** Where a number ends and what it is; ids may be longer than 32 bits. */
function readNumber(bytes: Uint8Array, at: number): [value: number, next: number] {
  let [value, factor, next] = [0, 1, at]
  for (;;) {
    const byte = bytes[next++] ?? 0
    value += (byte & 127) * factor
    if (byte < 128) return [value, next]
    factor *= 128
  }
}

function writeNumber(out: number[], value: number): void {
  let rest = value
  while (rest >= 128) {
    out.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  out.push(rest)
}

export function encodeIds(newestFirst: readonly number[]): Uint8Array {
  const out: number[] = []
  let before = 0
  newestFirst.forEach((id, i) => {
    writeNumber(out, i === 0 ? id : before - id)
    before = id
  })
  return Uint8Array.from(out)
}

/** A pointer that goes from the newest id to older ones. */
export class IdReader {
  readonly bytes: Uint8Array
  /** 0 when there is none left. */
  id = 0
  #at = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
    this.next()
  }

  next(): void {
    const { bytes } = this
    if (this.#at >= bytes.length) {
      this.id = 0
      return
    }
    const isFirst = this.#at === 0
    const [value, next] = readNumber(bytes, this.#at)
    this.id = isFirst ? value : this.id - value
    this.#at = next
  }
}

export function decodeIds(bytes: Uint8Array): number[] {
  const ids: number[] = []
  for (const reader = new IdReader(bytes); reader.id > 0; reader.next()) ids.push(reader.id)
  return ids
}

export function encodeBlock(entries: Iterable<Postings>): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = []
  for (const { term, bytes } of entries) {
    const name = encoder.encode(term)
    const [nameLength, idsLength]: [number[], number[]] = [[], []]
    writeNumber(nameLength, name.length)
    writeNumber(idsLength, bytes.length)
    parts.push(Uint8Array.from(nameLength), name, Uint8Array.from(idsLength), bytes)
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function* entriesOf(block: Uint8Array): Generator<[name: Uint8Array, ids: Uint8Array]> {
  let at = 0
  while (at < block.length) {
    const [nameLength, nameAt] = readNumber(block, at)
    const [idsLength, idsAt] = readNumber(block, nameAt + nameLength)
    at = idsAt + idsLength
    yield [block.subarray(nameAt, nameAt + nameLength), block.subarray(idsAt, at)]
  }
}

export function decodeBlock(block: Uint8Array): Map<string, Uint8Array> {
  return new Map([...entriesOf(block)].map(([name, ids]) => [decoder.decode(name), ids]))
}

/** The ids of every term that begins with `prefix`; beginnings of UTF-8 are those of the text. */
export function postingsIn(block: Uint8Array, prefix: string): Uint8Array[] {
  const wanted = encoder.encode(prefix)
  const found: Uint8Array[] = []
  for (const [name, ids] of entriesOf(block)) if (wanted.every((byte, i) => name[i] === byte)) found.push(ids)
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

export function bucketOf(term: string): string {
  return [...term].slice(0, bucketLength(term)).join('')
}
