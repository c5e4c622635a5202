/** From 160 on, one after the other; they are understood without their semicolon too. */
const LATIN_1 = [
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn',
  'sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave',
  'Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml',
  'ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN',
  'szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute',
  'icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml',
  'yacute thorn yuml',
].join(' ')

const BASIC = { quot: 34, amp: 38, lt: 60, gt: 62 }

/** In the order of their codes; after a colon, in base 36, by how much more than one it goes on. */
const OTHERS = [
  'apos:13 OElig:8b oelig Scaron:d scaron Yuml:n fnof:q circ:8k tilde:m Alpha:51 Beta Gamma Delta',
  'Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho Sigma:2 Tau Upsilon Phi Chi',
  'Psi Omega alpha:8 beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi',
  'rho sigmaf sigma tau upsilon phi chi psi omega thetasym:8 upsih piv:4 ensp:5kc emsp thinsp:6',
  'zwnj:3 zwj lrm rlm ndash:4 mdash lsquo:4 rsquo sbquo ldquo:2 rdquo bdquo dagger:2 Dagger bull',
  'hellip:4 permil:a prime:2 Prime lsaquo:6 rsaquo oline:4 frasl:6 euro:2w image:2t weierp:7',
  'real:4 trade:6 alefsym:j larr:2j uarr rarr darr harr crarr:x lArr:r uArr rArr dArr hArr',
  'forall:18 part:2 exist empty:2 nabla:2 isin notin ni:2 prod:4 sum:2 minus lowast:5 radic:3',
  'prop:3 infin ang:2 and:7 or cap cup int there4:9 sim:8 cong:9 asymp:3 ne:o equiv le:3 ge sub:t',
  'sup nsub sube:2 supe oplus:e otimes:2 perp:e sdot:w lceil:1v rceil lfloor rfloor loz:jj',
  'spades:46 clubs:3 hearts:2 diams lang:aq rang',
].join(' ')

interface Node {
  code?: number
  /** Understood without its semicolon too. */
  isShort?: boolean
  branches: Map<number, Node>
}

function entries(): [name: string, code: number, isShort: boolean][] {
  const short: [string, number][] = [
    ...Object.entries(BASIC),
    ...LATIN_1.split(' ').map((name, i): [string, number] => [name, 160 + i]),
  ]
  let last = 0
  const others = OTHERS.split(' ').map((word): [string, number, boolean] => {
    const [name = '', step = '1'] = word.split(':')
    last += Number.parseInt(step, 36)
    return [name, last, false]
  })
  return [...short.map(([name, code]): [string, number, boolean] => [name, code, true]), ...others]
}

function grow(): Node {
  const root: Node = { branches: new Map() }
  for (const [name, code, isShort] of entries()) {
    let node = root
    for (const character of name) {
      const key = character.charCodeAt(0)
      const next = node.branches.get(key) ?? { branches: new Map() }
      node.branches.set(key, next)
      node = next
    }
    Object.assign(node, { code, isShort })
  }
  return root
}

const HAS_CODE = 2 << 14
const NEEDS_SEMICOLON = 1 << 13

/** A node: a word; its code; one branch behind it, or the branches' characters (two a word) and how far behind them each goes on. */
function write({ code, isShort, branches }: Node, out: number[]): void {
  const keys = [...branches.keys()].sort((a, b) => a - b)
  const [only = 0] = keys
  const how = code === undefined ? 0 : isShort ? HAS_CODE : HAS_CODE | NEEDS_SEMICOLON
  out.push(how | (keys.length > 1 ? keys.length << 7 : only))
  if (code !== undefined) out.push(code)
  if (keys.length > 1)
    for (let i = 0; i < keys.length; i += 2) out.push((keys[i] ?? 0) | ((keys[i + 1] ?? 0) << 8))
  const places = out.length
  if (keys.length > 1) out.push(...keys.map(() => 0))
  keys.forEach((key, i) => {
    if (keys.length > 1) out[places + i] = out.length - places - keys.length
    write(branches.get(key) as Node, out)
  })
}

/** As many words as it comes to. */
const LENGTH = 1617

/**
 * What htmlparser2 takes for names like `&eacute;`, in the shape of the package `entities`, which brings all 2,231 of
 * HTML 5 in 26 kB. These are the 253 of XHTML: Moodle's purifier knows no others and leaves them as they were typed.
 * Empty until `growEntities`: a worker is started much more often than it reads HTML.
 */
export const htmlDecodeTree = new Uint16Array(LENGTH)

let isGrown = false

/** Before anything is parsed. */
export function growEntities(): void {
  if (isGrown) return
  isGrown = true
  const out: number[] = []
  write(grow(), out)
  htmlDecodeTree.set(out)
}
