import { createParser } from './parser.ts'
import { collapse, cutAtCharacter } from './words.ts'

const UNSEEN = new Set(['script', 'style', 'template', 'noscript', 'head', 'title', 'iframe', 'object'])
const INLINE = new Set(
  'a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)

/** The words of rendered HTML on one line, for a snippet; with a limit, cut between characters and marked with '…'. */
export function plainText(html: string, limit = Number.POSITIVE_INFINITY): string {
  const text = collapse(textOf(html, (alt) => alt))
  return text.length <= limit ? text : `${cutAtCharacter(text, limit - 1).trimEnd()}…`
}

function textOf(html: string, ofImage: (alt: string) => string): string {
  let text = ''
  let unseen = 0
  const parser = createParser({
    onopentag(name, attributes) {
      if (UNSEEN.has(name)) unseen++
      else if (name === 'img' && unseen === 0) text += ofImage(attributes.alt ?? '')
      else if (!INLINE.has(name)) text += ' '
    },
    onclosetag(name) {
      if (UNSEEN.has(name)) unseen--
      else if (!INLINE.has(name)) text += ' '
    },
    ontext(data) {
      if (unseen === 0) text += data
    },
  })
  parser.end(html)
  return text
}

const IMAGE = '\uFFFC'
const LONGEST_EMOTICON = 12

/**
 * Whether two renderings say the same: white space and markup aside. An image may stand for any short run of
 * characters, because Moodle turns emoticons into images whose `alt` is a word of its own.
 */
export function sameWords(htmlA: string, htmlB: string): boolean {
  const [a, b] = [htmlA, htmlB].map((html) => textOf(html, () => IMAGE).replace(/\s+/g, '')) as [
    string,
    string,
  ]
  if (a.includes(IMAGE) === b.includes(IMAGE)) return a === b
  return a.includes(IMAGE) ? fits(b, a.split(IMAGE)) : fits(a, b.split(IMAGE))
}

function fits(text: string, [first = '', ...pieces]: string[]): boolean {
  // Where the pieces so far may end: an image stands for as many characters as it takes.
  let ends = new Set(text.startsWith(first) ? [first.length] : [])
  for (const piece of pieces) {
    const next = new Set<number>()
    for (const end of ends) {
      for (let at = end + 1; at <= end + LONGEST_EMOTICON; at++) {
        if (text.startsWith(piece, at)) next.add(at + piece.length)
      }
    }
    ends = next
  }
  return ends.has(text.length)
}
