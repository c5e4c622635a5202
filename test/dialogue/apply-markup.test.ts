import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../lib/dialogue/html.ts'
import { applyMarkup, MARK, type MarkupKind, toHtml } from '../../lib/dialogue/markup.ts'
import { typedText, words } from './typed.ts'

/** A text area knows one kind of line end. */
const inTextArea = (typed: string) => typed.replace(/\r\n?/g, '\n')

/** In the tests `^` is the mark, and `{…}` the selection. */
function press(shown: string, kind: MarkupKind, url?: string): string {
  const text = shown.replaceAll('^', MARK)
  const start = text.indexOf('{')
  const end = text.indexOf('}') - 1
  const after = applyMarkup(text.replace('{', '').replace('}', ''), start, end, kind, url)
  const withEnd = `${after.text.slice(0, after.end)}}${after.text.slice(after.end)}`
  return `${withEnd.slice(0, after.start)}{${withEnd.slice(after.start)}`.replaceAll(MARK, '^')
}

describe('applyMarkup', () => {
  it.each<[MarkupKind, string, string]>([
    ['bold', 'a {b} c', 'a ^**{b}^** c'],
    ['bold', 'a {}c', 'a ^**{}^**c'],
    ['italic', 'a{ b }c', 'a{ ^_b^_ }c'],
    ['code', '{a}', '^`{a}^`'],
    ['bold', '{one\ntwo}', '^**{one^**\n^**two}^**'],
    ['bold', '^- {one\n\n^- two}', '^- ^**{one^**\n\n^- ^**two}^**'],
    ['list', 'one\nt{w}o', 'one\n^- t{w}o'],
    ['list', '{one\n\ntwo}', '^- {one\n\n^- two}'],
    ['numbers', '{one\ntwo}', '^1. {one\n^2. two}'],
    ['numbers', '^4. one\n{two}', '^4. one\n^5. {two}'],
    ['quote', '{one\n\ntwo}', '^> {one\n^> \n^> two}'],
    ['list', '^> {one}', '^> ^- {one}'],
    ['code', '{one\ntwo}', '^^```\n{one\ntwo}\n^^```'],
    ['quote', '^^```\n{a}\n^^```', '^> ^^```\n^> {a}\n^> ^^```'],
    ['list', '{}', '^- {}'],
  ])('puts %s on %j', (kind, before, after) => expect(press(before, kind)).toBe(after))

  it.each<[MarkupKind, string, string]>([
    ['bold', 'a ^**{b}^** c', 'a {b} c'],
    ['bold', 'a {^**b^**} c', 'a {b} c'],
    ['bold', '^**a {}b^**', 'a {}b'],
    ['bold', '^**{}^**', '{}'],
    ['bold', '^**{one^**\n^**two}^**', '{one\ntwo}'],
    ['list', '^- {one\n^- two}', '{one\ntwo}'],
    ['numbers', '^1. {one\n^2. two}', '{one\ntwo}'],
    ['quote', '^> {one}', '{one}'],
    ['code', '^^```\n{one\ntwo}\n^^```', '{one\ntwo}'],
    ['link', '^[{a}^](https://x.y/^)', '{a}'],
  ])('takes %s off %j', (kind, before, after) => expect(press(before, kind)).toBe(after))

  it('puts bold on all where only a part is bold', () => {
    expect(press('{a ^**b^** c}', 'bold')).toBe('^**{a b c}^**')
  })

  it('widens rather than cross other markup', () => {
    expect(press('^_a {b^_ c}', 'bold')).toBe('^**^_a {b^_ c}^**')
  })

  it('turns one kind of list into the other', () => {
    expect(press('{^- one\n^- two}', 'numbers')).toBe('^1. {one\n^2. two}')
  })

  it('leaves code alone', () => {
    expect(press('^`a {b} c^`', 'bold')).toBe('^`a {b} c^`')
    expect(press('^^```\na {b} c\n^^```', 'bold')).toBe('^^```\na {b} c\n^^```')
    expect(press('^^```\na {b} c\n^^```', 'list')).toBe('^^```\na {b} c\n^^```')
  })

  it('links the selection, or the address itself where nothing is selected', () => {
    expect(press('see {this}', 'link', 'https://x.y/a b')).toBe('see ^[{this}^](https://x.y/a%20b^)')
    expect(press('see {}', 'link', 'https://x.y/')).toBe('see ^[{https://x.y/}^](https://x.y/^)')
    expect(press('see {this}', 'link')).toBe('see {this}')
  })

  it('does not tear a delimiter apart when the caret stands in it', () => {
    expect(press('^{}**a^**', 'italic')).toBe('^**^_{}^_a^**')
    expect(press('{}^- a', 'bold')).toBe('^- ^**{}^**a')
  })

  const place = fc.record({ from: fc.nat(100), to: fc.nat(100) })
  const kinds = fc.constantFrom<MarkupKind>('bold', 'italic', 'code', 'quote', 'list', 'numbers')
  const presses = fc.array(fc.record({ kind: kinds, at: place }), { minLength: 1, maxLength: 5 })

  function selectionIn(text: string, { from, to }: { from: number; to: number }): [number, number] {
    const characters = [...text]
    const [a = 0, b = 0] = [from, to].map((percent) => {
      return characters.slice(0, Math.floor((percent * characters.length) / 100)).join('').length
    })
    return [Math.min(a, b), Math.max(a, b)]
  }

  /** A link with nothing selected would add its address to the words. */
  function linked(text: string, [start, end]: [number, number]): string {
    return text.slice(start, end).trim() ? applyMarkup(text, start, end, 'link', 'https://x.y/').text : text
  }

  it('never changes the words, whatever is pressed where', () => {
    const property = fc.property(typedText, place, presses, (typed, linkAt, pressed) => {
      const begun = inTextArea(typed)
      const text = pressed.reduce(
        (text, { kind, at }) => {
          return applyMarkup(text, ...selectionIn(text, at), kind).text
        },
        linked(begun, selectionIn(begun, linkAt)),
      )
      expect(words(plainText(toHtml(text)))).toBe(words(typed))
    })
    fc.assert(property, { numRuns: 3000 })
  })

  it('pressed twice is not pressed', () => {
    const property = fc.property(typedText, place, kinds, (typed, at, kind) => {
      const once = applyMarkup(typed, ...selectionIn(typed, at), kind)
      expect(applyMarkup(once.text, once.start, once.end, kind).text).toBe(typed)
    })
    fc.assert(property, { numRuns: 1000 })
  })
})
