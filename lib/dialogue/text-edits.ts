/** A text with a selection, as a text area has it. */
export interface Selected {
  text: string
  start: number
  end: number
}

export interface Range {
  start: number
  end: number
}

export interface Edit {
  at: number
  remove: number
  insert: string
  /** Just at an edge of the selection, what comes after it does not move it. */
  side?: 'after'
}

/** All edits at once; their positions are those of the text before. The selection goes on holding the same words. */
export function change({ text, start, end }: Selected, edits: readonly Edit[]): Selected {
  const inOrder = edits.toSorted((a, b) => a.at - b.at)
  let made = ''
  let done = 0
  for (const { at, remove, insert } of inOrder) {
    made += text.slice(done, at) + insert
    done = at + remove
  }
  return { text: made + text.slice(done), start: moved(start, inOrder), end: moved(end, inOrder) }
}

function moved(position: number, edits: readonly Edit[]): number {
  return edits.reduce((sum, { at, remove, insert, side }) => {
    if (at > position || (at === position && side === 'after')) return sum
    return sum + insert.length - Math.min(remove, position - at)
  }, position)
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

export function touch(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end
}

export function lineAround(text: string, at: number): Range {
  const end = text.indexOf('\n', at)
  return { start: at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1, end: end < 0 ? text.length : end }
}

export function linesAround({ text, start, end }: Selected): Range {
  return { start: lineAround(text, start).start, end: lineAround(text, end).end }
}

/** Every line that the range touches. */
export function linesIn(text: string, { start, end }: Range): Range[] {
  const lines = [lineAround(text, start)]
  for (let last = lines[0]; last && last.end < end; last = lines.at(-1))
    lines.push(lineAround(text, last.end + 1))
  return lines
}
