import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plainText, sameWords } from '../../lib/dialogue/html.ts'
import { toHtml } from '../../lib/dialogue/markup.ts'
import { typedText } from './typed.ts'

describe('plainText', () => {
  it.each([
    ['<p>One</p><p>two<br>three</p>', 'One two three'],
    ['<p>a<strong>b</strong>c</p>', 'abc'],
    ['<ul><li>a</li><li>b</li></ul>', 'a b'],
    ['<p>hi <img src="x" alt="smile"></p>', 'hi smile'],
    ['<p>a<script>b</script><style>c</style>d</p>', 'ad'],
    ['&lt;b&gt; &amp;lt; &nbsp; &#128512;', '<b> &lt; 😀'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', 'a b'],
    ['<!-- x -->y', 'y'],
    ['', ''],
  ])('of %j is %j', (html, text) => expect(plainText(html)).toBe(text))

  it('is cut at the limit, between characters as people see them', () => {
    expect(plainText('<p>one two</p>', 7)).toBe('one two')
    expect(plainText('<p>one two</p>', 6)).toBe('one t…')
    expect(plainText('<p>one two</p>', 5)).toBe('one…')
    expect(plainText('<p>ab👩‍👩‍👧‍👦</p>', 6)).toBe('ab…')
  })

  it('never exceeds its limit nor leaves half a character', () => {
    const property = fc.property(typedText, fc.integer({ min: 1, max: 40 }), (text, limit) => {
      const cut = plainText(toHtml(text), limit)
      expect(cut.length).toBeLessThanOrEqual(limit)
      expect(cut.isWellFormed()).toBe(true)
    })
    fc.assert(property)
  })
})

describe('sameWords', () => {
  it.each([
    ['<p>a b</p><p>c</p>', '<p>a&nbsp;b<br />\nc</p>', true],
    ['<p>a</p>', '<span class="filter_mathjaxloader_equation"><p>a</p></span>', true],
    ['<p>well :-) done</p>', '<p>well <img alt="smile"> done</p>', true],
    ['<p>well :-)</p>', '<p>well <img alt="smile"></p>', true],
    ['<p>:-) :-(</p>', '<p><img alt="smile"> <img alt="sad"></p>', true],
    [
      '<p>:-):-):-):-):-)</p>',
      '<p><img alt="a"><img alt="b"><img alt="c"><img alt="d"><img alt="e"></p>',
      true,
    ],
    ['<p>a</p>', '<p>b</p>', false],
    ['<p>a b</p>', '<p>a</p>', false],
    ['<p>well, a whole sentence more</p>', '<p>well<img alt="smile"></p>', false],
    ['<p>well</p>', '<p>well<img alt="smile"></p>', false],
    ['<p>ab</p>', '<p>a<img>b</p>', false],
  ])('of %j and %j: %j', (a, b, same) => {
    expect(sameWords(a, b)).toBe(same)
    expect(sameWords(b, a)).toBe(same)
  })
})
