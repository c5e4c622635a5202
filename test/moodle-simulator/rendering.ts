import { marked } from 'marked'
import { cleanHtml, escapeText } from './clean-html.ts'
import { filtered } from './filters.ts'

export const FORMAT_MOODLE = 0
export const FORMAT_HTML = 1
export const FORMAT_PLAIN = 2
export const FORMAT_MARKDOWN = 4

const breaks = (text: string): string => text.replace(/\r?\n/g, '<br>\n')

function convert(text: string, format: number): string {
  if (format === FORMAT_PLAIN) return breaks(escapeText(text).replaceAll('  ', '&nbsp; '))
  if (format === FORMAT_MARKDOWN) return cleanHtml(markdown(text))
  if (format === FORMAT_HTML) return cleanHtml(text)
  return cleanHtml(breaks(text))
}

/** PHP Markdown Extra: raw HTML goes through, so `a<b then c>d` loses words; footnotes come last, in a div. */
function markdown(text: string): string {
  const notes: string[] = []
  const body = text.replace(/^\[\^([^\]]+)\]:\s*(.+)$/gm, (_all, _name, note: string) => {
    notes.push(note)
    return ''
  })
  const numbered = notes.length > 0 ? body.replace(/\[\^[^\]]+\]/g, '<sup>1</sup>') : body
  const html = (marked.parse(numbered, { async: false, gfm: false }) as string)
    .trim()
    .replace(/<\/p>\n(?=<)/g, '</p>\n\n')
  if (notes.length === 0) return html
  const items = notes.map((note) => `<li><p>${escapeText(note)}</p></li>`).join('')
  return `${html}\n\n<div class="footnotes"><hr><ol>${items}</ol></div>`
}

const block = /<(?:p|div|ul|ol|dl|h[1-6]|blockquote|pre|table|hr|center|address)\b/

/** libxml puts text that stands first in a body, and what is inline after it, into a paragraph. */
function paragraph(html: string): string {
  if (html === '' || html.startsWith('<')) return html
  const at = html.search(block)
  return at < 0 ? `<p>${html}</p>` : `<p>${html.slice(0, at)}</p>${html.slice(at)}`
}

const blankTargets = (html: string): string =>
  html.replace(
    /<a\b([^>]*)>/g,
    (_all, attributes: string) => `<a${attributes} target="_blank" rel="noreferrer">`,
  )

/** Moodle's format_text as messages use it: convert, clean, filter, then through a DOM for the link targets. */
export function render(text: string, format: number, wwwroot: string): string {
  const converted = convert(text, format)
  const html = format === FORMAT_PLAIN ? converted : filtered(converted, wwwroot)
  if (text !== '' && /^[ \t\r\n\f]*$/.test(html)) return XML_HEAD
  return paragraph(blankTargets(html).replaceAll('&nbsp;', '\u00a0')).trim()
}

/** What is left of a document that nothing could be put into. */
const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" ?>'

/**
 * Before it notifies anybody Moodle reads what was typed, whatever its format, as HTML. Where no body comes of it, as of
 * blanks, an open comment or a lone script, PHP calls a method on null, and the message is stored already.
 */
export function failsToNotify(text: string): boolean {
  if (text === '' || text === '0') return false
  const body = text
    .replace(/<!--[\s\S]*?(?:-->|$)|<[!?][^>]*>?/g, '')
    .replace(/<(script|style|title)\b[\s\S]*?(?:<\/\1>|$)|<(?:meta|link|base)\b[^>]*>/gi, '')
  return body.trim() === ''
}

/** What the e-mail's plain part is made of: the characters themselves, which Moodle then reads as HTML once more. */
export const plainPart = (html: string): string =>
  htmlToText(html).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Moodle's html_to_text, roughly: strong shouts, links become a numbered list at the end. */
export function htmlToText(html: string): string {
  const links: string[] = []
  const text = cleanHtml(html)
    .replace(/<(?:b|strong)>([\s\S]*?)<\/(?:b|strong)>/g, (_all, inner: string) => inner.toUpperCase())
    .replace(/<a\b[^>]*?href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g, (_all, href: string, inner: string) => {
      links.push(href)
      return `${inner} [${links.length}]`
    })
    .replace(/<br>|<\/p>|<\/li>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .trim()
  if (links.length === 0) return text
  return `${text}\n\nLinks:\n------\n${links.map((href, at) => `[${at + 1}] ${href}`).join('\n')}`
}
