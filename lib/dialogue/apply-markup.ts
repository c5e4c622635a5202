import { withFences, withPrefixes } from './apply-blocks.ts'
import { contentStart, fencedIn, isInFence } from './apply-lines.ts'
import { type BlockKind, DELIMITERS, type InlineKind, LINK, MARK, type Pair, pairsIn } from './marks.ts'
import {
  change,
  contains,
  type Edit,
  lineAround,
  linesIn,
  type Range,
  type Selected,
  touch,
} from './text-edits.ts'

export type MarkupKind = InlineKind | BlockKind

/** What a button does to the selection: puts the markup there, or takes it away where all of it has it already. */
export function applyMarkup(
  text: string,
  start: number,
  end: number,
  kind: MarkupKind,
  url?: string,
): Selected {
  const selected = snapped({ text, start, end })
  if (kind === 'quote' || kind === 'list' || kind === 'numbers') return withPrefixes(selected, kind)
  if (kind === 'link') return withLink(selected, url)
  const isBlock =
    text.slice(start, end).trim().includes('\n') || fencedIn(text).some((b) => touch(b, selected))
  return kind === 'code' && isBlock ? withFences(selected) : withDelimiters(selected, kind)
}

function withDelimiters(selected: Selected, kind: keyof typeof DELIMITERS): Selected {
  const segments = segmentsOf(selected)
  const around = segments.map((segment) => enclosing(selected.text, segment, kind))
  const isOn = around.length > 0 && around.every((pair) => pair !== undefined)
  if (isOn) return change(selected, around.flatMap(removal))
  return change(
    selected,
    segments.flatMap((segment, i) => (around[i] ? [] : wrapping(selected.text, segment, kind))),
  )
}

function wrapping(text: string, segment: Range, kind: keyof typeof DELIMITERS): Edit[] {
  const pairs = pairsOfLine(text, segment)
  if (isInCode(segment, pairs)) return []
  const wide = widened(segment, pairs)
  // Nothing is markup inside code, and emphasis does not nest in itself.
  const inside = pairs.filter((pair) => contains(wide, pair) && (pair.kind === kind || kind === 'code'))
  const delimiter = DELIMITERS[kind]
  return around(wide, delimiter, delimiter, inside)
}

function withLink(selected: Selected, url: string | undefined): Selected {
  const present = enclosing(selected.text, selected, 'link')
  if (present) return change(selected, removal(present))
  const target = url?.replaceAll(MARK, '').replace(/\s/g, (blank) => encodeURIComponent(blank))
  const [segment] = segmentsOf(selected)
  if (!target || !segment) return selected
  const pairs = pairsOfLine(selected.text, segment)
  if (isInCode(segment, pairs)) return selected
  const wide = widened(segment, pairs)
  const close = `${LINK.middle}${target}${LINK.close}`
  if (wide.start === wide.end) return linkedAddress(selected, wide.start, target, close)
  const inside = pairs.filter((pair) => contains(wide, pair) && pair.kind === 'link')
  return change(selected, around(wide, LINK.open, close, inside))
}

/** With nothing selected the address itself is what can be read. */
function linkedAddress(selected: Selected, at: number, target: string, close: string): Selected {
  const { text } = change(selected, [{ at, remove: 0, insert: LINK.open + target + close }])
  const start = at + LINK.open.length
  return { text, start, end: start + target.length }
}

function around(range: Range, open: string, close: string, inside: Pair[]): Edit[] {
  return [
    { at: range.start, remove: 0, insert: open },
    ...inside.flatMap(removal),
    { at: range.end, remove: 0, insert: close, side: 'after' },
  ]
}

function removal(pair: Pair): Edit[] {
  return [
    { at: pair.start, remove: pair.innerStart - pair.start, insert: '' },
    { at: pair.innerEnd, remove: pair.end - pair.innerEnd, insert: '' },
  ]
}

/** The selection line by line, without blanks at the ends and without what begins the lines. */
function segmentsOf({ text, start, end }: Selected): Range[] {
  if (start === end) return isInFence(text, start) ? [] : [{ start, end }]
  return linesIn(text, { start, end }).flatMap((line) => {
    const first = Math.max(start, contentStart(text, line))
    const piece = text.slice(first, Math.max(first, Math.min(end, line.end)))
    const from = first + piece.length - piece.trimStart().length
    return piece.trim() && !isInFence(text, from) ? [{ start: from, end: from + piece.trim().length }] : []
  })
}

function enclosing(text: string, range: Range, kind: InlineKind): Pair | undefined {
  const isCaret = range.start === range.end
  return pairsOfLine(text, range).find((pair) => {
    return pair.kind === kind && (isCaret ? holds(pair, range) : contains(pair, range))
  })
}

function pairsOfLine(text: string, range: Range): Pair[] {
  const line = lineAround(text, range.start)
  return pairsIn(text, line.start, line.end)
}

/** Wide enough not to cross the pairs that it meets. */
function widened(range: Range, pairs: Pair[]): Range {
  const crossed = pairs.find(
    (pair) =>
      pair.start < range.end && range.start < pair.end && !contains(range, pair) && !holds(pair, range),
  )
  if (!crossed) return range
  return widened(
    { start: Math.min(range.start, crossed.start), end: Math.max(range.end, crossed.end) },
    pairs,
  )
}

function holds(pair: Pair, range: Range): boolean {
  return pair.innerStart <= range.start && range.end <= pair.innerEnd
}

function isInCode(range: Range, pairs: Pair[]): boolean {
  return pairs.some((pair) => pair.kind === 'code' && holds(pair, range))
}

/** A text area lets a caret stand inside a delimiter, even between the mark and its character. */
function snapped({ text, start, end }: Selected): Selected {
  const from = snap(text, start)
  return { text, start: from, end: Math.max(from, snap(text, end)) }
}

function snap(text: string, at: number): number {
  const line = lineAround(text, at)
  for (const { start, innerStart, innerEnd, end } of pairsIn(text, line.start, line.end)) {
    if (start < at && at < innerStart) return innerStart
    if (innerEnd < at && at < end) return innerEnd
  }
  const isInCharacter = (text.codePointAt(at - 1) ?? 0) > 0xffff
  const whole = isInCharacter ? at + 1 : at
  return isInFence(text, at) ? whole : Math.max(whole, contentStart(text, line))
}
