/** Small things about characters that several files need. */

/** The longest beginning of `text` within `limit` (UTF-16 units), never cut inside what a reader sees as one character. */
export function cutAtCharacter(text: string, limit: number): string {
  if (text.length <= limit) return text
  // A reader's character may be long; a window well past the limit is enough to find the last boundary.
  const window = text.slice(0, limit + 64)
  let end = 0
  for (const { index } of new Intl.Segmenter().segment(window)) {
    if (index > limit) break
    end = index
  }
  return text.slice(0, end)
}

export function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? '&quot;')
}

/** Control characters that no server keeps, and halves of surrogate pairs, which are not valid UTF-8. */
export function withoutControls(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\v\f]/g, ' ')
    .replace(/(?![\t\n])[\p{Cc}\uFFFE\uFFFF]/gu, '')
}

const encoder = new TextEncoder()

export function utf8Length(text: string): number {
  return encoder.encode(text).length
}
