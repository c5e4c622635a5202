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
    if (piece.kind === 'code') return [{ type: 'codespan', raw: '', text: plainInline(piece.inner) }]
    const tokens = tokensOf(piece.inner, inLink || piece.kind === 'link')
    if (piece.kind === 'link') return inLink ? tokens : [linkToken(piece.url ?? '', tokens)]
    return [{ type: piece.kind === 'bold' ? 'strong' : 'em', raw: '', text: '', tokens }]
  })
}

/** Addresses that were typed become links that read the same. */
function withAddresses(text: string): Token[] {
  const tokens: Token[] = []
  let done = 0
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]+/gi)) {
    const address = withoutTrailingPunctuation(match[0])
    if (!webAddress(address)) continue
    tokens.push(...textTokens(text.slice(done, match.index)), linkToken(address, textTokens(address)))
    done = match.index + address.length
  }
  return [...tokens, ...textTokens(text.slice(done))]
}

function linkToken(url: string, tokens: Token[]): Token {
  // marked leaves what looks like an entity alone.
  const href = (webAddress(url) ?? '').replaceAll('&', '&amp;')
  return { type: 'link', raw: '', text: '', href, tokens }
}

function textTokens(text: string): Token[] {
  return text.split('\n').flatMap((line, i): Token[] => {
    const words: Token[] =
      line === '' ? [] : [{ type: 'text', raw: '', text: escapeHtml(line), escaped: true }]
    return i === 0 ? words : [{ type: 'br', raw: '' }, ...words]
  })
}
