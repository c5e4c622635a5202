import { createRequire } from 'node:module'
import { beforeAll, expect, test } from 'vitest'
import { growEntities, htmlDecodeTree } from '../../lib/dialogue/entities.ts'

/** Of several versions of the package, the one that the parser takes. */
const ofParser = createRequire(createRequire(import.meta.url).resolve('htmlparser2'))
const {
  DecodingMode,
  EntityDecoder,
  htmlDecodeTree: all,
} = ofParser('entities/decode') as typeof import('entities/decode')

/** The word that follows the first `&`, and how much of the text it was. */
function decoded(text: string, tree: Uint16Array) {
  const codes: number[] = []
  const decoder = new EntityDecoder(tree, (code) => codes.push(code))
  decoder.startEntity(DecodingMode.Legacy)
  const used = decoder.write(text, 1)
  return { codes, used: used < 0 ? decoder.end() : used }
}

const NAMES =
  'amp lt gt quot apos nbsp not para yuml eacute Eacute szlig OElig fnof Alpha alpha omega thetasym piv zwj ndash rsquo sbquo bdquo hellip permil euro trade alefsym larr hArr forall sub sube sup sup1 nsub there4 sdot lang rang loz diams'.split(
    ' ',
  )

beforeAll(growEntities)

test('the table has as many words as were set aside for it', () => {
  expect(htmlDecodeTree.at(-1)).not.toBe(0)
})

test('names are understood as by the whole table, with their semicolon and without', () => {
  for (const name of NAMES) {
    for (const text of [`&${name};`, `&${name} `, `&${name}`, `&${name}x;`])
      expect(decoded(text, htmlDecodeTree), text).toEqual(decoded(text, all))
    expect(decoded(`&${name};`, htmlDecodeTree).codes, name).toHaveLength(1)
  }
})

test('what the purifier of Moodle does not know stays as it was typed', () => {
  for (const text of ['&lbrace;', '&nosuchname;', '&;', '& ', '&x']) {
    expect(decoded(text, htmlDecodeTree)).toEqual({ codes: [], used: 0 })
  }
})
