import { withoutLooseFormulas } from './formulas.ts'
import { type LinkToWrite, writeLink } from './link.ts'
import { toHtml } from './markup.ts'
import { escapeHtml, utf8Length, withoutControls } from './words.ts'

// Apart, for screens, which must not carry the maker of HTML.
export { isBlank } from './blank.ts'

/** Moodle's limit for a message, its markup included. */
export const MESSAGE_BYTES = 4096

/** What is sent: a sentence of ours, if any, the words as HTML and, inside a dialogue, the link. */
export function compose(m: { text: string; sentence?: string; link?: LinkToWrite }): {
  html: string
  bytes: number
} {
  const sentence = m.sentence === undefined ? '' : `<p>${escapeHtml(withoutControls(m.sentence))}</p>`
  const words = withoutLooseFormulas(sentence + toHtml(m.text))
  const html = m.link ? withoutLooseFormulas(words + writeLink(m.link)) : words
  return { html, bytes: utf8Length(html) }
}
