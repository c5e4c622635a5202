/*
 * The composer's small Markdown. A button puts an invisible mark before every delimiter it inserts, and only
 * delimiters with the mark are markup: whatever is typed stays as typed.
 */

/** WORD JOINER. */
export const MARK = '\u2060'

export type InlineKind = 'bold' | 'italic' | 'code' | 'link'
export type BlockKind = 'quote' | 'list' | 'numbers'

export const DELIMITERS = { bold: `${MARK}**`, italic: `${MARK}_`, code: `${MARK}\`` } as const
/** Marked twice, or code that begins with typed backticks would look like one. */
export const FENCE = `${MARK}${MARK}\`\`\``
export const LINK = { open: `${MARK}[`, middle: `${MARK}](`, close: `${MARK})` } as const

/** Two delimiters that belong together. */
export interface Pair {
  kind: InlineKind
  start: number
  /** What stands between them. */
  innerStart: number
  innerEnd: number
  end: number
  url?: string
}

/** The pair whose opening delimiter stands at `at`, if its closing one follows. */
export function pairAt(text: string, at: number): Pair | undefined {
  if (text.startsWith(LINK.open, at)) return linkAt(text, at)
  for (const kind of ['bold', 'italic', 'code'] as const) {
    const delimiter = DELIMITERS[kind]
    if (!text.startsWith(delimiter, at)) continue
    const innerStart = at + delimiter.length
    const innerEnd = text.indexOf(delimiter, innerStart)
    if (innerEnd < 0) return undefined
    return { kind, start: at, innerStart, innerEnd, end: innerEnd + delimiter.length }
  }
  return undefined
}

function linkAt(text: string, at: number): Pair | undefined {
  const innerStart = at + LINK.open.length
  const innerEnd = text.indexOf(LINK.middle, innerStart)
  const urlStart = innerEnd + LINK.middle.length
  const urlEnd = text.indexOf(LINK.close, urlStart)
  if (innerEnd < 0 || urlEnd < 0) return undefined
  const url = text.slice(urlStart, urlEnd)
  return { kind: 'link', start: at, innerStart, innerEnd, end: urlEnd + LINK.close.length, url }
}

/** All pairs of a line, those inside others too (but nothing is markup inside code). */
export function pairsIn(text: string, from = 0, to = text.length): Pair[] {
  const pairs: Pair[] = []
  for (let at = text.indexOf(MARK, from); at >= 0 && at < to; at = text.indexOf(MARK, at)) {
    const pair = pairAt(text, at)
    if (!pair || pair.end > to) {
      at++
      continue
    }
    pairs.push(pair)
    if (pair.kind !== 'code') pairs.push(...pairsIn(text, pair.innerStart, pair.innerEnd))
    at = pair.end
  }
  return pairs
}

const PREFIXES = {
  quote: new RegExp(`^[ \\t]*${MARK}> ?`),
  list: new RegExp(`^[ \\t]*${MARK}- ?`),
  numbers: new RegExp(`^[ \\t]*${MARK}(\\d{1,9})\\. ?`),
} as const

/** What a line begins with, as the buttons write it. */
export function prefixOf(line: string, kind: BlockKind): { length: number; number: number } | undefined {
  const match = PREFIXES[kind].exec(line)
  return match ? { length: match[0].length, number: Number(match[1] ?? 0) } : undefined
}

export function isFence(line: string): boolean {
  return line.trim() === FENCE
}

/** Without anything that a button inserted, paired or not. */
export function withoutDelimiters(text: string): string {
  const inLine = `\\*\\*|_|\`|\\[|\\]\\([^\\n]*?${MARK}\\)|> ?|- ?|\\d{1,9}\\. ?|`
  const made = new RegExp(`${FENCE}|${MARK}(${inLine})`, 'g')
  return text.replace(made, '')
}
