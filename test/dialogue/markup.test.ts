import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { plainText } from '../../lib/dialogue/html.ts'
import { MARK, toHtml, toPlain } from '../../lib/dialogue/markup.ts'
import { typedText, words } from './typed.ts'

const made = (text: string) => text.replaceAll('^', MARK)

function elementsOf(html: string): Set<string> {
  const names = new Set<string>()
  new Parser({
    onopentag: (name, attributes) => void names.add([name, ...Object.keys(attributes)].join(' ')),
  }).end(html)
  return names
}

describe('toHtml', () => {
  it('shows exactly the words that were typed, whatever they are', () => {
    const property = fc.property(typedText, (text) => {
      expect(words(plainText(toHtml(text)))).toBe(words(text))
    })
    fc.assert(property, { numRuns: 2000 })
  })

  it('makes nothing but paragraphs, line breaks and links of what was typed', () => {
    const allowed = new Set(['p', 'br', 'span class', 'a href class'])
    const property = fc.property(typedText, (text) => {
      expect([...elementsOf(toHtml(text))].filter((name) => !allowed.has(name))).toEqual([])
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it.each([
    ['a<b then c>d', '<p>a&lt;b then c&gt;d</p>'],
    ['1986.', '<p>1986.</p>'],
    ['<!-- x', '<p>&lt;!-- x</p>'],
    ['*x* _y_ `z`', '<p>*x* _y_ `z`</p>'],
    ['&lt; &amp;', '<p>&amp;lt; &amp;amp;</p>'],
    ['one\ntwo', '<p>one<br>two</p>'],
    ['one\r\n\r\n\r\ntwo', '<p>one</p><p>two</p>'],
    ['    four', `<p>${'\u00A0'.repeat(4)}four</p>`],
    ['a  b', '<p>a\u00A0 b</p>'],
    ['', ''],
  ])('leaves %j as typed', (text, html) => expect(toHtml(text)).toBe(html))

  it.each([
    ['^**bold^**', '<p><strong>bold</strong></p>'],
    ['^**^_both^_^**', '<p><strong><em>both</em></strong></p>'],
    ['^**你好。^**你', '<p><strong>你好。</strong>你</p>'],
    ['a^**"b"^**c', '<p>a<strong>&quot;b&quot;</strong>c</p>'],
    ['^**2*3^**', '<p><strong>2*3</strong></p>'],
    ['^`<a> ^**b^**^`', '<p><code><span class="nolink">&lt;a&gt; **b**</span></code></p>'],
    ['^> one\n^> two\nthree', '<blockquote><p>one<br>two</p></blockquote><p>three</p>'],
    [
      'text\n^- one\n^- ^**two^**\nafter',
      '<p>text</p><ul><li>one</li><li><strong>two</strong></li></ul><p>after</p>',
    ],
    ['^1. a\n^2. b', '<ol><li>a</li><li>b</li></ol>'],
    ['^3. a\n^9. b', '<ol start="3"><li>a</li></ol><ol start="9"><li>b</li></ol>'],
    ['^> ^- a\n^> ^- b', '<blockquote><ul><li>a</li><li>b</li></ul></blockquote>'],
    [
      '^^```\n  a <b>\n\n^- c\n^^```',
      '<pre><code><span class="nolink">  a &lt;b&gt;\n\n- c\n</span></code></pre>',
    ],
    [
      '^[here^](https://moodle.example/?a=1&lt=2^)',
      '<p><span class="nolink"><a href="https://moodle.example/?a=1&amp;lt=2" class="nomediaplugin">here</a></span></p>',
    ],
    [
      '^[https://bank.example^](https://x.example^)',
      '<p><span class="nolink"><a href="https://x.example/" class="nomediaplugin">https://bank.example</a></span></p>',
    ],
  ])('turns what buttons made of %j into markup', (text, html) => expect(toHtml(made(text))).toBe(html))

  it.each([
    ['^**open', '<p>**open</p>'],
    ['^[x^](javascript:alert(1)^)', '<p>[x](javascript:alert(1))</p>'],
    ['^**^** x', '<p> x</p>'],
    ['^**a\n\nb^**', '<p>**a</p><p>b**</p>'],
    ['^^```\nopen', '<p>```<br>open</p>'],
  ])('shows delimiters of %j that lead nowhere', (text, html) => expect(toHtml(made(text))).toBe(html))

  it.each([
    ['see https://moodle.example/a.', 'https://moodle.example/a', 'https://moodle.example/a'],
    ['(https://moodle.example/a)', 'https://moodle.example/a', 'https://moodle.example/a'],
    ['https://moodle.example/a_(b)', 'https://moodle.example/a_(b)', 'https://moodle.example/a_(b)'],
    ['https://x.example/?$$a$$', 'https://x.example/?%24%24a%24%24', 'https://x.example/?$$a$$'],
    ['https://x.example/?\\(a\\)', 'https://x.example/?%5C(a%5C)', 'https://x.example/?\\(a\\)'],
    [
      'https://moodle.example/?a=1&lt;=2',
      'https://moodle.example/?a=1&amp;lt;=2',
      'https://moodle.example/?a=1&amp;lt;=2',
    ],
  ])('links the address in %j', (text, href, label) =>
    expect(toHtml(text)).toContain(
      `<span class="nolink"><a href="${href}" class="nomediaplugin">${label}</a></span>`,
    ),
  )

  it.each(['www.example.com/a.mp4', 'https://\uFFFDhttps://x.y/a.mp4'])(
    'keeps %j from being linked by Moodle',
    (text) => expect(toHtml(`see ${text}.`)).toBe(`<p>see <span class="nolink">${text}</span>.</p>`),
  )

  it('never links what is no web address', () => {
    expect(toHtml('javascript:alert(1) https:// www.x.y ftp://x')).not.toContain('<a')
  })
})

describe('toPlain', () => {
  it('is the text itself where no button was pressed', () => {
    const property = fc.property(typedText, (text) => {
      expect(words(toPlain(text))).toBe(words(text))
    })
    fc.assert(property)
  })

  it('leaves out what the buttons inserted', () => {
    expect(toPlain(made('^> ^**a^** b\n^- c\n^1. d\n^[e^](https://x.y^) ^`f^`'))).toBe('a b\nc\nd\ne f')
  })
})
