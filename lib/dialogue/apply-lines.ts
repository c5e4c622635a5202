import { isFence, prefixOf } from './marks.ts'
import { contains, linesIn, type Range } from './text-edits.ts'

/** Blocks of code, their fences included. */
export function fencedIn(text: string): Range[] {
  const blocks: Range[] = []
  let open: Range | undefined
  for (const line of linesIn(text, { start: 0, end: text.length })) {
    const whole = text.slice(line.start, line.end)
    if (!isFence(whole.slice(quoteLength(whole)))) continue
    if (open) blocks.push({ start: open.start, end: line.end })
    open = open ? undefined : line
  }
  return blocks
}

export function isInFence(text: string, at: number): boolean {
  return fencedIn(text).some((block) => contains(block, { start: at, end: at }))
}

/** Where a line's own words begin, after the delimiters of quotes and lists. */
export function contentStart(text: string, line: Range): number {
  const whole = text.slice(line.start, line.end)
  const quote = quoteLength(whole)
  const rest = whole.slice(quote)
  const item = prefixOf(rest, 'list') ?? prefixOf(rest, 'numbers')
  return line.start + quote + (item?.length ?? 0)
}

export function quoteLength(line: string): number {
  return prefixOf(line, 'quote')?.length ?? 0
}
