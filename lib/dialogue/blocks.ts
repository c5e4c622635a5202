import { isFence, MARK, prefixOf } from './marks.ts'

/** A text as the buttons have divided it. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'list'; items: string[]; start?: number }

type Taken = [block: Block | undefined, lines: number]

export function blocksOf(text: string): Block[] {
  return inBlocks(text.split('\n'))
}

function inBlocks(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  for (let at = 0; at < lines.length; ) {
    const rest = lines.slice(at)
    const [block, taken] = special(rest) ?? paragraph(rest)
    if (block) blocks.push(block)
    at += taken
  }
  return blocks
}

function special(lines: readonly string[]): Taken | undefined {
  return codeBlock(lines) ?? quote(lines) ?? bullets(lines) ?? numbers(lines)
}

function codeBlock([first = '', ...lines]: readonly string[]): Taken | undefined {
  const end = isFence(first) ? lines.findIndex(isFence) : -1
  if (end < 0) return undefined
  return [{ kind: 'code', text: lines.slice(0, end).join('\n') }, end + 2]
}

function quote(lines: readonly string[]): Taken | undefined {
  const inner = leading(lines, (line) => prefixOf(line, 'quote')?.length)
  return inner.length ? [{ kind: 'quote', blocks: inBlocks(inner) }, inner.length] : undefined
}

function bullets(lines: readonly string[]): Taken | undefined {
  const items = leading(lines, (line) => prefixOf(line, 'list')?.length)
  return items.length ? [{ kind: 'list', items }, items.length] : undefined
}

/** A number that is not the next one begins a new list, so that each line shows the number it was given. */
function numbers(lines: readonly string[]): Taken | undefined {
  const start = prefixOf(lines[0] ?? '', 'numbers')?.number
  if (start === undefined) return undefined
  const items = leading(lines, (line, i) => {
    const prefix = prefixOf(line, 'numbers')
    return prefix?.number === start + i ? prefix.length : undefined
  })
  return [{ kind: 'list', items, start }, items.length]
}

function paragraph(lines: readonly string[]): Taken {
  const end = lines.findIndex(
    (line, i) => isBlankLine(line) || (i > 0 && beginsBlock(line) && special(lines.slice(i))),
  )
  const taken = end < 0 ? lines.length : end
  if (taken === 0) return [undefined, 1]
  return [{ kind: 'paragraph', text: lines.slice(0, taken).join('\n') }, taken]
}

function beginsBlock(line: string): boolean {
  return line.trimStart().startsWith(MARK)
}

/** The first lines that have a prefix, without it. */
function leading(
  lines: readonly string[],
  prefix: (line: string, i: number) => number | undefined,
): string[] {
  const inner: string[] = []
  for (const [i, line] of lines.entries()) {
    const length = prefix(line, i)
    if (length === undefined) break
    inner.push(line.slice(length))
  }
  return inner
}

function isBlankLine(line: string): boolean {
  return line.replaceAll(MARK, '').trim() === ''
}
