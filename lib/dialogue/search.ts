import { fold, type Word, wordsIn } from './search-words.ts'
import { cutAtCharacter } from './words.ts'

export type Range = [start: number, end: number]

/** Text with what was found in it. */
export interface Marked {
  text: string
  ranges: Range[]
}

type Sought = Pick<Word, 'term' | 'isStretch'>

export interface Query {
  /** Each begins a word somewhere. */
  words: Sought[]
  /** Each stands somewhere word for word; the last word of an open one may still go on. */
  phrases: { words: Sought[]; isOpen: boolean }[]
}

const PHRASE = /["“”„«»]([^"“”„«»]*)(["“”«»]?)/g

export function queryOf(typed: string): Query {
  const phrases: Query['phrases'] = []
  const rest = typed.replace(PHRASE, (_, said: string, end: string) => {
    const words = wordsIn(said)
    if (words.length > 0) phrases.push({ words, isOpen: end === '' })
    return ' '
  })
  return { words: wordsIn(rest), phrases }
}

/** One letter finds everything; of a script without spaces it already is a word. */
export function isWorthSearching({ words, phrases }: Query): boolean {
  const all = [...words, ...phrases.flatMap((phrase) => phrase.words)]
  return all.some(({ term, isStretch }) => isStretch || term.length > 1)
}

/** The stretch of `source` whose folded form begins at `from` and is `length` long. */
function sourceRange(source: string, from: number, length: number): Range {
  let [folded, at, start] = [0, 0, -1]
  for (const letter of source) {
    const grown = folded + fold(letter).length
    if (start < 0 && grown > from) start = at
    // Marks that fold to nothing belong to the letter before them.
    if (folded >= from + length && grown > folded) break
    folded = grown
    at += letter.length
  }
  return [Math.max(0, start), at]
}

function rangeIn(text: string, word: Word, from: number, length: number): Range {
  const [start, end] = sourceRange(text.slice(word.start, word.end), from, length)
  return [word.start + start, word.start + end]
}

function wordRanges(text: string, words: readonly Word[], { term, isStretch }: Sought): Range[] {
  return words.flatMap((word) => {
    if (word.isStretch !== isStretch) return []
    if (!isStretch) return word.term.startsWith(term) ? [rangeIn(text, word, 0, term.length)] : []
    const at = word.term.indexOf(term)
    return at < 0 ? [] : [rangeIn(text, word, at, term.length)]
  })
}

/** Whether `word` may stand at this place of a phrase; a stretch may go on beyond the phrase's ends. */
function fits(word: Word | undefined, sought: Sought, isFirst: boolean, isLast: boolean, isOpen: boolean) {
  if (!word || word.isStretch !== sought.isStretch) return false
  const { term } = sought
  const isFree = sought.isStretch || isOpen
  if (isLast && isFree && isFirst && sought.isStretch) return word.term.includes(term)
  if (isLast && isFree) return word.term.startsWith(term)
  return isFirst && sought.isStretch ? word.term.endsWith(term) : word.term === term
}

function phraseRanges(
  text: string,
  words: readonly Word[],
  { words: said, isOpen }: Query['phrases'][number],
) {
  const last = said.length - 1
  return words.flatMap((first, at): Range[] => {
    const isHere = said.every((sought, i) => fits(words[at + i], sought, i === 0, i === last, isOpen))
    const [begin, final] = [said[0], said[last]]
    const end = words[at + last]
    if (!isHere || !begin || !final || !end) return []
    const from = first.isStretch ? Math.max(0, first.term.indexOf(begin.term)) : 0
    const [start] = rangeIn(text, first, from, begin.term.length)
    const until = last === 0 ? from : 0
    return [[start, rangeIn(text, end, until, final.term.length)[1]]]
  })
}

function joined(ranges: Range[]): Range[] {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  const apart: Range[] = []
  for (const [start, end] of sorted) {
    const last = apart.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else apart.push([start, end])
  }
  return apart
}

/** Looks for everything sought in several texts of one thing; undefined unless all of it is there. */
export function findIn<Name extends string>(
  texts: Record<Name, string>,
  { words, phrases }: Query,
): Record<Name, Marked> | undefined {
  const names = Object.keys(texts) as Name[]
  const read = names.map((name) => ({ name, text: texts[name], words: wordsIn(texts[name]) }))
  const found = new Map<Name, Range[]>(names.map((name) => [name, []]))
  const seek = (rangesOf: (text: string, words: Word[]) => Range[]): boolean => {
    let isThere = false
    for (const { name, text, words: its } of read) {
      const ranges = rangesOf(text, its)
      if (ranges.length > 0) isThere = true
      found.get(name)?.push(...ranges)
    }
    return isThere
  }
  const isAll =
    words.every((word) => seek((text, its) => wordRanges(text, its, word))) &&
    phrases.every((phrase) => seek((text, its) => phraseRanges(text, its, phrase)))
  if (!isAll) return undefined
  const marked = names.map((name) => [name, { text: texts[name], ranges: joined(found.get(name) ?? []) }])
  return Object.fromEntries(marked)
}

/** Whether at least one of the phrases stands in `text`; cheap beside what is read around a hit. */
export function holdsPhrase(text: string, { phrases }: Query): boolean {
  const its = wordsIn(text)
  return phrases.some((phrase) => phraseRanges(text, its, phrase).length > 0)
}

/** Marks whatever of the sought words is there, for texts that somebody else chose. */
export function markIn(text: string, { words, phrases }: Query): Marked {
  const its = wordsIn(text)
  const sought = [...words, ...phrases.flatMap((phrase) => phrase.words)]
  return { text, ranges: joined(sought.flatMap((word) => wordRanges(text, its, word))) }
}

/** What is shown before the first place found, in characters. */
const BEFORE = 40

/** One line around the first place found. */
export function snippetOf({ text, ranges }: Marked, length: number): Marked {
  const first = ranges[0]?.[0] ?? 0
  const begin = first + (ranges[0] ? 0 : length) <= length * 0.6 ? 0 : wordStartBefore(text, first)
  const cut = cutAtCharacter(text.slice(begin), length)
  const isCut = begin + cut.length < text.length
  const lead = begin > 0 ? '…' : ''
  const shift = lead.length - begin
  return {
    text: `${lead}${cut}${isCut ? '…' : ''}`,
    ranges: ranges.flatMap(([start, end]): Range[] => {
      const [from, to] = [Math.max(start, begin), Math.min(end, begin + cut.length)]
      return from < to ? [[from + shift, to + shift]] : []
    }),
  }
}

function wordStartBefore(text: string, at: number): number {
  const from = wordsIn(text.slice(Math.max(0, at - BEFORE), at))[1]?.start
  return from === undefined ? at : Math.max(0, at - BEFORE) + from
}
