import { Parser, type Token, type Tokens } from 'marked'
import { type Block, blocksOf } from './blocks.ts'
import { MARK, type Pair, pairAt } from './marks.ts'
import { escapeHtml, withoutControls } from './words.ts'

export { applyMarkup, type MarkupKind } from './apply-markup.ts'
export { MARK } from './marks.ts'

/** What is sent. The words in it are the words typed, whatever they are; no HTML in them can act. */
export function toHtml(text: string): string {
  return Parser.parse(blocksOf(tidy(text)).map(blockToken), {})
    .replace(/>\n</g, '><')
    .trim()
}

/** The words alone. */
export function toPlain(text: string): string {
  return blocksOf(tidy(text)).map(plainBlock).join('\n').trim()
}

function tidy(text: string): string {
  return withoutControls(text.replace(/\r\n?/g, '\n'))
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return plainInline(inline(block.text))
    case 'code':
      return block.text.replaceAll(MARK, '')
    case 'quote':
      return block.blocks.map(plainBlock).join('\n')
    case 'list':
      return block.items.map((item) => plainInline(inline(item))).join('\n')
  }
}

function plainInline(pieces: Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : plainInline(piece.inner))).join('')
}

function blockToken(block: Block): Token {
  switch (block.kind) {
    case 'paragraph':
      return { type: 'paragraph', raw: '', text: '', tokens: inlineTokens(inline(spaced(block.text))) }
    case 'code':
      return { type: 'code', raw: '', text: block.text.replaceAll(MARK, '') }
    case 'quote':
      return { type: 'blockquote', raw: '', text: '', tokens: block.blocks.map(blockToken) }
    case 'list':
      return {
        type: 'list',
        raw: '',
        ordered: block.start !== undefined,
        start: block.start ?? '',
        loose: false,
        items: block.items.map(item),
      }
  }
}

function item(text: string): Tokens.ListItem {
  const tokens = [{ type: 'text', raw: '', text: '', tokens: inlineTokens(inline(spaced(text))) }]
  return { type: 'list_item', raw: '', text: '', task: false, loose: false, tokens }
}

/** Blanks that HTML would swallow. */
function spaced(text: string): string {
  const kept = (blanks: string) => '\u00A0'.repeat(blanks.length - 1)
  return text
    .replaceAll('\t', '    ')
    .replace(/^ +/gm, (blanks) => `${kept(blanks)}\u00A0`)
    .replace(/ {2,}/g, (blanks) => `${kept(blanks)} `)
}

type Piece = string | { kind: Pair['kind']; inner: Piece[]; url?: string }

function inline(text: string): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  for (let at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at)) {
    const pair = pairAt(text, at)
    if (!pair || (pair.kind === 'link' && !webAddress(pair.url ?? ''))) {
      at++
      continue
    }
    pieces.push(unmarked(text.slice(done, at)), ...pieceOf(text, pair))
    done = pair.end
    at = pair.end
  }
  return [...pieces, unmarked(text.slice(done))].filter((piece) => piece !== '')
}

function pieceOf(text: string, { kind, innerStart, innerEnd, url }: Pair): Piece[] {
  const between = text.slice(innerStart, innerEnd)
  const inner = kind === 'code' ? [unmarked(between)] : inline(between)
  // Two delimiters with nothing in between are a button pressed and nothing typed.
  return inner.every((piece) => piece === '') ? [] : [{ kind, inner, ...(url === undefined ? {} : { url }) }]
}

function unmarked(text: string): string {
  return text.replaceAll(MARK, '')
}

function inlineTokens(pieces: Piece[], inLink = false): Token[] {
  return pieces.flatMap((piece): Token[] => {
    if (typeof piece === 'string') return inLink ? textTokens(piece) : withAddresses(piece)
    if (piece.kind === 'code') return [{ type: 'codespan', raw: '', text: plainInline(piece.inner) }]
    const tokens = inlineTokens(piece.inner, inLink || piece.kind === 'link')
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

function withoutTrailingPunctuation(address: string): string {
  const bare = address.replace(/[.,;:!?'*_~\]}”’»…]+$/u, '')
  if (bare.endsWith(')') && !bare.includes('(')) return withoutTrailingPunctuation(bare.slice(0, -1))
  return bare
}

function webAddress(url: string): string | undefined {
  const address = URL.canParse(url.trim()) ? new URL(url.trim()) : undefined
  return address && /^(https?|mailto):$/.test(address.protocol) ? address.href : undefined
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
