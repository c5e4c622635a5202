import { fencedIn, isInFence, quoteLength } from './apply-lines.ts'
import { type BlockKind, FENCE, MARK, prefixOf, withoutDelimiters } from './marks.ts'
import {
  change,
  type Edit,
  lineAround,
  linesAround,
  linesIn,
  type Range,
  type Selected,
  touch,
} from './text-edits.ts'

/** Fences around the lines of the selection, or away from the blocks of code that it touches. */
export function withFences(selected: Selected): Selected {
  const { text } = selected
  const touched = fencedIn(text).filter((block) => touch(block, selected))
  if (touched.length)
    return change(
      selected,
      touched.flatMap((block) => unfencing(text, block)),
    )
  const lines = linesAround(selected)
  // In a block of code every character shows, so the buttons' own must go.
  const inner = withoutDelimiters(text.slice(lines.start, lines.end))
  const start = lines.start + FENCE.length + 1
  const fenced = `${FENCE}\n${inner}\n${FENCE}`
  return {
    text: text.slice(0, lines.start) + fenced + text.slice(lines.end),
    start,
    end: start + inner.length,
  }
}

function unfencing(text: string, block: Range): Edit[] {
  const first = lineAround(text, block.start)
  const last = lineAround(text, block.end)
  return [
    { at: first.start, remove: first.end + 1 - first.start, insert: '' },
    { at: last.start - 1, remove: last.end + 1 - last.start, insert: '' },
  ]
}

/** Every line of the selection as a quote or an item, or no longer so. */
export function withPrefixes(selected: Selected, kind: BlockKind): Selected {
  const { text } = selected
  const all = linesIn(text, kind === 'quote' ? aroundFences(selected) : selected)
  const lines = all.length === 1 ? all : all.filter((line) => kind === 'quote' || hasWords(text, line))
  const free = kind === 'quote' ? lines : lines.filter((line) => !isInFence(text, line.start))
  const isOn = free.every((line) => prefixIn(text, line, kind) !== undefined)
  let number = numberBefore(text, free[0])
  return change(
    selected,
    free.flatMap((line) => (isOn ? removal(text, line, kind) : addition(text, line, kind, ++number))),
  )
}

/** A block of code is quoted as a whole. */
function aroundFences(selected: Selected): Range {
  const lines = linesAround(selected)
  const touched = fencedIn(selected.text).filter((block) => touch(block, lines))
  const start = Math.min(lines.start, ...touched.map((block) => block.start))
  return { start, end: Math.max(lines.end, ...touched.map((block) => block.end)) }
}

function removal(text: string, line: Range, kind: BlockKind): Edit[] {
  const present = prefixIn(text, line, kind)
  return present ? [{ at: present.start, remove: present.end - present.start, insert: '' }] : []
}

function addition(text: string, line: Range, kind: BlockKind, number: number): Edit[] {
  const present = prefixIn(text, line, kind)
  if (kind === 'quote') return present ? [] : [{ at: line.start, remove: 0, insert: `${MARK}> ` }]
  const other = present ?? prefixIn(text, line, kind === 'list' ? 'numbers' : 'list')
  const at = other?.start ?? line.start + quoteLength(text.slice(line.start, line.end))
  const insert = kind === 'list' ? `${MARK}- ` : `${MARK}${number}. `
  return [{ at, remove: (other?.end ?? at) - at, insert }]
}

function prefixIn(text: string, line: Range, kind: BlockKind): Range | undefined {
  const whole = text.slice(line.start, line.end)
  const skipped = kind === 'quote' ? 0 : quoteLength(whole)
  const prefix = prefixOf(whole.slice(skipped), kind)
  const start = line.start + skipped
  return prefix && { start, end: start + prefix.length }
}

function hasWords(text: string, line: Range): boolean {
  const whole = text.slice(line.start, line.end)
  return whole.slice(quoteLength(whole)).trim() !== ''
}

/** The number of the item just above, so that a list goes on. */
function numberBefore(text: string, line: Range | undefined): number {
  if (!line || line.start === 0) return 0
  const above = lineAround(text, line.start - 1)
  const whole = text.slice(above.start, above.end)
  return prefixOf(whole.slice(quoteLength(whole)), 'numbers')?.number ?? 0
}
