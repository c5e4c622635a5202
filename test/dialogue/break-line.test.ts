import { expect, it } from 'vitest'
import { breakLine, MARK } from '../../lib/dialogue/markup.ts'

/** `^` is the mark, `|` the caret. */
function enter(shown: string): string | undefined {
  const text = shown.replaceAll('^', MARK)
  const at = text.indexOf('|')
  const after = breakLine(text.replace('|', ''), at, at)
  return after && `${after.text.slice(0, after.start)}|${after.text.slice(after.end)}`.replaceAll(MARK, '^')
}

it.each([
  ['^- one|', '^- one\n^- |'],
  ['^- o|ne', '^- o\n^- |ne'],
  ['^9. one|\nmore', '^9. one\n^10. |\nmore'],
  ['^> ^2. one|', '^> ^2. one\n^> ^3. |'],
  ['^- one\n^- |\nmore', '^- one\n|\nmore'],
])('Enter in %j gives %j', (before, after) => expect(enter(before)).toBe(after))

it.each(['one|', '- one|', '|^- one', '^^```\n^- a|\n^^```'])(
  'Enter in %j is an ordinary line break',
  (text) => {
    expect(enter(text)).toBeUndefined()
  },
)
