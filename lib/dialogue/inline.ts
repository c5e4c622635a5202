import { MARK, type Pair, pairAt } from './marks.ts'
import { webAddress } from './web-address.ts'

/** Words, or markup around some. */
export type Piece = string | { kind: Pair['kind']; inner: Piece[]; url?: string }

export function inline(text: string): Piece[] {
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

export function plainInline(pieces: Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : plainInline(piece.inner))).join('')
}
