import { contentStart, isInFence } from './apply-lines.ts'
import { MARK } from './marks.ts'
import { lineAround, type Selected } from './text-edits.ts'

/**
 * What Enter does in a list or a quote: the next line goes on with it, and on a line that is still empty it ends.
 * `undefined`: an ordinary line break.
 */
export function breakLine(text: string, start: number, end: number): Selected | undefined {
  const line = lineAround(text, start)
  const content = contentStart(text, line)
  if (content === line.start || start < content || isInFence(text, start)) return undefined
  if (content === line.end && start === end) {
    return { text: text.slice(0, line.start) + text.slice(line.end), start: line.start, end: line.start }
  }
  const prefix = text.slice(line.start, content)
  const next = prefix.replace(new RegExp(`${MARK}(\\d+)`), (_, number) => `${MARK}${Number(number) + 1}`)
  const at = start + 1 + next.length
  return { text: `${text.slice(0, start)}\n${next}${text.slice(end)}`, start: at, end: at }
}
