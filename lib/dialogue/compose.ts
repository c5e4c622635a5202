import { withoutLooseFormulas } from './formulas.ts'
import { type LinkToWrite, writeLink } from './link.ts'
import { withoutDelimiters } from './marks.ts'
import { toHtml } from './markup.ts'
import { utf8Length } from './words.ts'

/** Moodle's limit for a message, its markup included. */
export const MESSAGE_BYTES = 4096

/** What is sent: the words as HTML and, inside a dialogue, the link. */
export function compose(m: { text: string; link?: LinkToWrite }): { html: string; bytes: number } {
  const html = withoutLooseFormulas(toHtml(m.text)) + (m.link ? writeLink(m.link) : '')
  return { html, bytes: utf8Length(html) }
}

/** Nothing that anybody could see. Moodle would store and deliver it all the same. */
export function isBlank(text: string): boolean {
  const unseen = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu
  return withoutDelimiters(text).replace(unseen, '') === ''
}
