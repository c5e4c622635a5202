import type { Marked } from '../../lib/dialogue/search.ts'

/** Text with what was found in it marked; text stays text. */
export function MarkedText({ text, ranges }: Marked) {
  let at = 0
  const parts = ranges.flatMap(([start, end]) => {
    const before = text.slice(at, start)
    at = end
    return [before, <mark key={start}>{text.slice(start, end)}</mark>]
  })
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  )
}
