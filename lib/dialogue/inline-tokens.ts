import type { Token } from 'marked'
import { inline, type Piece, plainInline } from './inline.ts'
import { webAddress, withoutTrailingPunctuation } from './web-address.ts'
import { escapeHtml } from './words.ts'

export function inlineTokens(text: string): Token[] {
  return tokensOf(inline(spaced(text)))
}

/** Blanks that HTML would swallow. */
function spaced(text: string): string {
  const kept = (blanks: string) => '\u00A0'.repeat(blanks.length - 1)
  return text
    .replaceAll('\t', '    ')
    .replace(/^ +/gm, (blanks) => `${kept(blanks)}\u00A0`)
    .replace(/ {2,}/g, (blanks) => `${kept(blanks)} `)
}

function tokensOf(pieces: Piece[], inLink = false): Token[] {
  return pieces.flatMap((piece): Token[] => {
    if (typeof piece === 'string') return inLink ? textTokens(piece) : withAddresses(piece)
    if (piece.kind === 'code') return [html(asIs('code', plainInline(piece.inner)))]
    const tokens = tokensOf(piece.inner, inLink || piece.kind === 'link')
    if (piece.kind === 'link') return inLink ? tokens : linkTokens(piece.url ?? '', tokens)
    return [{ type: piece.kind === 'bold' ? 'strong' : 'em', raw: '', text: '', tokens }]
  })
}

/** Addresses that were typed become links that read the same. */
function withAddresses(text: string): Token[] {
  const tokens: Token[] = []
  let done = 0
  for (const match of text.matchAll(/(?:https?:\/\/|www\.)[^\s<>"]+/gi)) {
    const address = withoutTrailingPunctuation(match[0])
    tokens.push(...textTokens(text.slice(done, match.index)), ...addressTokens(address))
    done = match.index + address.length
  }
  return [...tokens, ...textTokens(text.slice(done))]
}

/** What is no whole address is kept from Moodle, which would make its own link or player of it. */
function addressTokens(address: string): Token[] {
  const words = textTokens(address)
  if (/^http/i.test(address) && webAddress(address)) return linkTokens(address, words)
  return [html('<span class="nolink">'), ...words, html('</span>')]
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
function linkTokens(url: string, tokens: Token[]): Token[] {
  const href = escapeHtml(withoutFormulas(webAddress(url) ?? ''))
  return [
    html(`<span class="nolink"><a href="${href}" class="nomediaplugin">`),
    ...tokens,
    html('</a></span>'),
  ]
}

/** What MathJax would take for a formula, in the middle of an attribute. */
function withoutFormulas(href: string): string {
  return href.replaceAll('$', '%24').replaceAll('\\', '%5C')
}

function html(text: string): Token {
  return { type: 'html', raw: '', pre: false, block: false, text }
}

function textTokens(text: string): Token[] {
  return text.split('\n').flatMap((line, i): Token[] => {
    const words: Token[] =
      line === '' ? [] : [{ type: 'text', raw: '', text: escapeHtml(line), escaped: true }]
    return i === 0 ? words : [{ type: 'br', raw: '' }, ...words]
  })
}
