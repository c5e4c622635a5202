import {
  type BlockKind,
  DELIMITERS,
  FENCE,
  type InlineKind,
  isFence,
  LINK,
  MARK,
  type Pair,
  pairsIn,
  prefixOf,
} from './marks.ts'

export type MarkupKind = InlineKind | BlockKind

export interface Selected {
  text: string
  start: number
  end: number
}

interface Edit {
  at: number
  remove: number
  insert: string
  /** At a selection's very edge: does it go before the selection (openings) or after it? */
  side?: 'before' | 'after'
}

interface Range {
  start: number
  end: number
}

/** What a button does to the selection: puts the markup there, or takes it away where all of it has it already. */
export function applyMarkup(
  text: string,
  start: number,
  end: number,
  kind: MarkupKind,
  url?: string,
): Selected {
  const selected = { text, start, end }
  if (kind === 'quote' || kind === 'list' || kind === 'numbers') return withPrefixes(selected, kind)
  if (kind === 'link') return withLink(selected, url)
  if (kind === 'code' && spansLines(selected)) return withFences(selected)
  return withDelimiters(selected, kind)
}

function withDelimiters(selected: Selected, kind: keyof typeof DELIMITERS): Selected {
  const segments = segmentsOf(selected)
  const around = segments.map((segment) => enclosing(selected.text, segment, kind))
  if (around.every((pair) => pair !== undefined)) return change(selected, around.flatMap(removal))
  const edits = segments.flatMap((segment, i) => (around[i] ? [] : wrapping(selected.text, segment, kind)))
  return change(selected, edits)
}

function wrapping(text: string, segment: Range, kind: keyof typeof DELIMITERS): Edit[] {
  const pairs = pairsIn(text, ...lineAround(text, segment.start))
  if (pairs.some((pair) => pair.kind === 'code' && contains(pair, segment))) return []
  const wide = widened(segment, pairs)
  // Nothing is markup inside code, and emphasis does not nest in itself.
  const inside = pairs.filter((pair) => contains(wide, pair) && (pair.kind === kind || kind === 'code'))
  const delimiter = DELIMITERS[kind]
  return [
    { at: wide.start, remove: 0, insert: delimiter, side: 'before' },
    ...inside.flatMap(removal),
    { at: wide.end, remove: 0, insert: delimiter, side: 'after' },
  ]
}

function withLink(selected: Selected, url: string | undefined): Selected {
  const around = enclosing(selected.text, selected, 'link')
  if (around) return change(selected, removal(around))
  const target = url?.replaceAll(MARK, '').replace(/\s/g, (blank) => encodeURIComponent(blank))
  const [segment] = segmentsOf(selected)
  if (!target || !segment) return selected
  const pairs = pairsIn(selected.text, ...lineAround(selected.text, segment.start))
  const wide = widened(segment, pairs)
  const words = wide.start === wide.end ? target : ''
  const open = { at: wide.start, remove: 0, insert: LINK.open, side: 'before' as const }
  const close = {
    at: wide.end,
    remove: 0,
    insert: `${LINK.middle}${target}${LINK.close}`,
    side: 'after' as const,
  }
  if (!words)
    return change(selected, [
      open,
      ...pairs.filter((p) => p.kind === 'link' && contains(wide, p)).flatMap(removal),
      close,
    ])
  const at = wide.start + LINK.open.length
  const made = change(selected, [{ ...open, insert: open.insert + words }, close])
  return { text: made.text, start: at, end: at + words.length }
}

function withFences(selected: Selected): Selected {
  const [from, to] = linesAround(selected)
  const lines = selected.text.slice(from, to).split('\n')
  if (lines.length > 1 && isFence(lines[0] ?? '') && isFence(lines.at(-1) ?? '')) {
    return replaceLines(from, to, selected, lines.slice(1, -1))
  }
  const [before, after] = [lineAround(selected.text, from - 1), lineAround(selected.text, to + 1)]
  const isFenced =
    from > 0 && to < selected.text.length && [before, after].every((l) => isFence(selected.text.slice(...l)))
  if (isFenced) return replaceLines(before[0], after[1], selected, lines)
  const { text } = replaceLines(from, to, selected, [FENCE, ...lines, FENCE])
  return { text, start: selected.start + FENCE.length + 1, end: selected.end + FENCE.length + 1 }
}

function replaceLines(from: number, to: number, { text }: Selected, lines: string[]): Selected {
  const inner = lines.join('\n')
  return { text: text.slice(0, from) + inner + text.slice(to), start: from, end: from + inner.length }
}

function withPrefixes(selected: Selected, kind: BlockKind): Selected {
  const [from, to] = linesAround(selected)
  const lines = selected.text.slice(from, to).split('\n')
  const isOne = lines.length === 1
  const counted = (line: string) => isOne || kind === 'quote' || withoutPrefix(line, 'quote').trim() !== ''
  const isOn = lines.filter(counted).every((line) => prefixIn(line, kind) !== undefined)
  let number = kind === 'numbers' ? numberBefore(selected.text, from) : 0
  let at = from
  const edits = lines.flatMap((line) => {
    const edit = counted(line) ? prefixEdits(line, kind, isOn, () => ++number) : []
    const placed = edit.map((e): Edit => ({ ...e, at: at + e.at, side: 'before' }))
    at += line.length + 1
    return placed
  })
  return change(selected, edits)
}

function prefixEdits(line: string, kind: BlockKind, isOn: boolean, next: () => number): Edit[] {
  const present = prefixIn(line, kind)
  if (isOn) return present ? [{ at: present.at, remove: present.length, insert: '' }] : []
  const insert = { quote: `${MARK}> `, list: `${MARK}- `, numbers: '' }[kind] || `${MARK}${next()}. `
  if (kind === 'quote') return present ? [] : [{ at: 0, remove: 0, insert }]
  const other = present ?? prefixIn(line, kind === 'list' ? 'numbers' : 'list')
  const at = other?.at ?? quoteLength(line)
  return [{ at, remove: other?.length ?? 0, insert }]
}

function prefixIn(line: string, kind: BlockKind): { at: number; length: number } | undefined {
  const at = kind === 'quote' ? 0 : quoteLength(line)
  const prefix = prefixOf(line.slice(at), kind)
  return prefix && { at, length: prefix.length }
}

function quoteLength(line: string): number {
  return prefixOf(line, 'quote')?.length ?? 0
}

function withoutPrefix(line: string, kind: BlockKind): string {
  return line.slice(prefixIn(line, kind)?.length ?? 0)
}

/** The number of the line just above, so that a list goes on. */
function numberBefore(text: string, from: number): number {
  if (from === 0) return 0
  const line = text.slice(...lineAround(text, from - 1))
  return prefixOf(line.slice(quoteLength(line)), 'numbers')?.number ?? 0
}

/** The selection line by line, without blanks at the ends and without what begins the lines. */
function segmentsOf({ text, start, end }: Selected): Range[] {
  const segments: Range[] = []
  for (let at = start; at <= end; ) {
    const [lineStart, lineEnd] = lineAround(text, at)
    const line = text.slice(lineStart, lineEnd)
    const first = Math.max(at, lineStart + contentStart(line))
    const piece = text.slice(first, Math.max(first, Math.min(end, lineEnd)))
    const trimmed = first + (piece.length - piece.trimStart().length)
    if (piece.trim()) segments.push({ start: trimmed, end: trimmed + piece.trim().length })
    at = lineEnd + 1
  }
  return segments.length ? segments : [{ start, end: start }]
}

function contentStart(line: string): number {
  const quote = quoteLength(line)
  const rest = line.slice(quote)
  return quote + (prefixOf(rest, 'list') ?? prefixOf(rest, 'numbers') ?? { length: 0 }).length
}

function enclosing(text: string, range: Range, kind: InlineKind): Pair | undefined {
  return pairsIn(text, ...lineAround(text, range.start)).find(
    (pair) => pair.kind === kind && contains(pair, range),
  )
}

/** Wide enough not to cross the pairs that it meets. */
function widened(range: Range, pairs: Pair[]): Range {
  const crossed = pairs.find(
    (p) => p.start < range.end && p.end > range.start && !contains(range, p) && !holds(p, range),
  )
  if (!crossed) return range
  const wider = { start: Math.min(range.start, crossed.start), end: Math.max(range.end, crossed.end) }
  return widened(wider, pairs)
}

function holds(pair: Pair, range: Range): boolean {
  return pair.innerStart <= range.start && range.end <= pair.innerEnd
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

function removal(pair: Pair): Edit[] {
  return [
    { at: pair.start, remove: pair.innerStart - pair.start, insert: '' },
    { at: pair.innerEnd, remove: pair.end - pair.innerEnd, insert: '' },
  ]
}

function spansLines({ text, start, end }: Selected): boolean {
  return text.slice(start, end).trim().includes('\n')
}

function lineAround(text: string, at: number): [number, number] {
  const end = text.indexOf('\n', at)
  return [text.lastIndexOf('\n', at - 1) + 1, end < 0 ? text.length : end]
}

function linesAround({ text, start, end }: Selected): [number, number] {
  return [lineAround(text, start)[0], lineAround(text, end)[1]]
}

function change({ text, start, end }: Selected, edits: Edit[]): Selected {
  const inOrder = edits.toSorted((a, b) => a.at - b.at)
  let made = ''
  let done = 0
  for (const { at, remove, insert } of inOrder) {
    made += text.slice(done, at) + insert
    done = at + remove
  }
  return { text: made + text.slice(done), start: moved(start, inOrder), end: moved(end, inOrder) }
}

function moved(position: number, edits: Edit[]): number {
  return edits.reduce((sum, { at, remove, insert, side }) => {
    if (at > position || (at === position && side === 'after')) return sum
    return sum + insert.length - Math.min(remove, position - at)
  }, position)
}
