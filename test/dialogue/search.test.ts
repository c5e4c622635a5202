import { describe, expect, it } from 'vitest'
import { findIn, isWorthSearching, type Marked, queryOf, snippetOf } from '../../lib/dialogue/search.ts'
import { fold, lookUps, termsOf, wordsIn } from '../../lib/dialogue/search-words.ts'

const found = (text: string, typed: string) => findIn({ text }, queryOf(typed))?.text
const marks = ({ text, ranges }: Marked) => ranges.map(([start, end]) => text.slice(start, end))
const marked = (text: string, typed: string) => {
  const there = found(text, typed)
  return there && marks(there)
}

describe('words', () => {
  it.each([
    ['Straße', 'strasse'],
    ['ÉTUDIANT', 'etudiant'],
    ['e\u0301tude', 'etude'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['İstanbul', 'istanbul'],
    ['ISPARTA', 'isparta'],
    ['Øre', 'ore'],
    ['Łódź', 'lodz'],
    ['ﬁnal', 'final'],
    ['Ｆｕｌｌ', 'full'],
    ['שָׁלוֹם', 'שלום'],
    ['مُحَمَّد', 'محمد'],
    ['한국', '한국'],
    ['が', 'が'],
    ['कि', 'कि'],
  ])('fold %s to %s', (text, folded) => expect(fold(text)).toBe(folded.normalize('NFC')))

  it('are what stands between signs and blanks', () => {
    expect(wordsIn("L'étudiant, 2nd draft (v1.2): see_this").map(({ term }) => term)).toEqual([
      ...['l', 'etudiant', '2nd', 'draft', 'v1', '2', 'see', 'this'],
    ])
  })

  it('of a script without spaces are every pair of letters', () => {
    expect([...termsOf(wordsIn('手机壳 OK'))]).toEqual(['手机', '机壳', '壳', 'ok'])
    expect(lookUps({ term: '手机壳', isStretch: true })).toEqual(['手机', '机壳'])
    expect(lookUps({ term: '壳', isStretch: true })).toEqual(['壳'])
  })

  it('of a script that is not known here are cut by the browser', () => {
    const long = 'ᨲᩫ᩠ᩅᨵᩢᨾ᩠ᨾ᩼'.repeat(4)
    expect(wordsIn(long).at(-1)?.end).toBe(long.length)
  })
})

describe('looking for words', () => {
  it('finds every word by its beginning, in any case and accent', () => {
    expect(marked('Die Straße und die Quellen', 'QUELLE stras')).toEqual(['Straß', 'Quelle'])
    expect(marked('Une e\u0301tude', 'etu')).toEqual(['e\u0301tu'])
    expect(marked('The second paragraph', 'second graph')).toBeUndefined()
  })

  it('marks whole letters with their accents', () => {
    expect(marked('cafe\u0301s', 'cafe')).toEqual(['cafe\u0301'])
  })

  it('finds two letters anywhere in a script without spaces', () => {
    expect(marked('我的手机壳坏了', '机壳')).toEqual(['机壳'])
    expect(marked('고등학교에서', '학교')).toEqual(['학교'])
    expect(marked('ผมไปโรงเรียน', 'เรียน')).toEqual(['เรียน'])
    expect(marked('ﾃｽﾄ', 'テスト')).toEqual(['ﾃｽﾄ'])
    expect(marked('机の上の壳', '机壳')).toBeUndefined()
  })

  it('finds a phrase word for word only, and an open one by its beginning', () => {
    expect(marked('needs the source', '"the source"')).toEqual(['the source'])
    expect(marked('the other source', '"the source"')).toBeUndefined()
    expect(marked('the sources', '"the source"')).toBeUndefined()
    expect(marked('the sources', '"the sour')).toEqual(['the sour'])
    expect(marked('die gute Quelle', '„gute Quelle“ die')).toEqual(
      ['die gute Quelle'].flatMap(() => ['die', 'gute Quelle']),
    )
    expect(marked('我的手机壳坏了', '"手机壳"')).toEqual(['手机壳'])
  })

  it('takes words from several texts together, and says where each stands', () => {
    const hit = findIn({ body: 'It needs a source', people: 'Anna Weber' }, queryOf('anna sour'))
    expect(hit && [marks(hit.body), marks(hit.people)]).toEqual([['sour'], ['Anna']])
    expect(findIn({ body: 'It needs a source', people: 'Ben' }, queryOf('anna sour'))).toBeUndefined()
  })

  it('is not worth it for nothing or one letter, but for one sign of Chinese', () => {
    expect(
      ['', ' ', 'a', '"', '!?', 'an', '手', '"ab'].filter((typed) => isWorthSearching(queryOf(typed))),
    ).toEqual([...['an', '手', '"ab']])
  })
})

describe('a snippet', () => {
  it('is one line around the first place found, with the places moved along', () => {
    const text = `${'word '.repeat(60)}needle and ${'more '.repeat(60)}`
    const there = found(text, 'needle')
    const snippet = snippetOf(there ?? { text: '', ranges: [] }, 80)
    expect(snippet.text).toMatch(/^…word .*needle and more .*…$/)
    expect(snippet.text.length).toBeLessThanOrEqual(82)
    expect(marks(snippet)).toEqual(['needle'])
  })

  it('of a short text is the text', () => {
    expect(snippetOf({ text: 'short', ranges: [[0, 2]] }, 80)).toEqual({ text: 'short', ranges: [[0, 2]] })
  })

  it('is the beginning where nothing was found in this text', () => {
    expect(snippetOf({ text: 'a'.repeat(100), ranges: [] }, 80)).toEqual({
      text: `${'a'.repeat(80)}…`,
      ranges: [],
    })
  })
})
