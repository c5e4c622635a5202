import { inline, type Piece, plainInline } from './inline.ts'
import { webAddress, withoutTrailingPunctuation } from './web-address.ts'
import { escapeHtml } from './words.ts'

export function inlineHtml(text: string): string {
  return htmlOf(inline(spaced(text)))
}

/** Blanks that HTML would swallow. */
function spaced(text: string): string {
  const kept = (blanks: string) => '\u00A0'.repeat(blanks.length - 1)
  return text
    .replaceAll('\t', '    ')
    .replace(/^ +/gm, (blanks) => `${kept(blanks)}\u00A0`)
    .replace(/ {2,}/g, (blanks) => `${kept(blanks)} `)
}

function htmlOf(pieces: Piece[], inLink = false): string {
  const made = pieces.map((piece) => {
    if (typeof piece === 'string') return inLink ? words(piece) : withAddresses(piece)
    if (piece.kind === 'code') return asIs('code', plainInline(piece.inner))
    const inner = htmlOf(piece.inner, inLink || piece.kind === 'link')
    if (piece.kind === 'link') return inLink ? inner : linked(piece.url ?? '', inner)
    return piece.kind === 'bold' ? `<strong>${inner}</strong>` : `<em>${inner}</em>`
  })
  return made.join('')
}

/** Addresses that were typed become links that read the same. */
function withAddresses(text: string): string {
  let html = ''
  let done = 0
  for (const match of text.matchAll(/(?:https?:\/\/|www\.)[^\s<>"]+/gi)) {
    const address = withoutTrailingPunctuation(match[0])
    html += words(text.slice(done, match.index)) + addressHtml(address)
    done = match.index + address.length
  }
  return html + words(text.slice(done))
}

/** What is no whole address is kept from Moodle, which would make its own link or player of it. */
function addressHtml(address: string): string {
  const shown = words(address)
  if (/^http/i.test(address) && webAddress(address)) return linked(address, shown)
  return `<span class="nolink">${shown}</span>`
}

/** Code, which Moodle's filters would else fill with emoticons, links and players. */
export function asIs(element: 'code' | 'pre', text: string): string {
  const code = `<code><span class="nolink">${escapeHtml(text)}</span></code>`
  return element === 'pre' ? `<pre>${code}</pre>` : code
}

/**
 * The classes keep Moodle's filters out: emoticons are replaced in an address too, which breaks the whole link, and
 * one to a film or a sound becomes a player that says something else.
 */
function linked(url: string, shown: string): string {
  const href = escapeHtml(withoutFormulas(webAddress(url) ?? ''))
  return `<span class="nolink"><a href="${href}" class="nomediaplugin">${shown}</a></span>`
}

/** What MathJax would take for a formula, in the middle of an attribute. */
function withoutFormulas(href: string): string {
  return href.replaceAll('$', '%24').replaceAll('\\', '%5C')
}

function words(text: string): string {
  return escapeHtml(text).replaceAll('\n', '<br>')
}
