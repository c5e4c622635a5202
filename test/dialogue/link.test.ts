import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cleanSubject,
  type Link,
  type LinkToWrite,
  linkTextToShow,
  readLink,
  subjectOf,
  writeLink,
} from '../../lib/dialogue/link.ts'
import { typedText } from './typed.ts'

const site = { wwwroot: 'https://moodle.example/school', former: ['http://old.example'] }
const D = 'k3f9a0qm2xtb'
const M = 'p7d2w8zr41ch'
const essay: LinkToWrite = {
  url: 'https://moodle.example/school/mod/assign/view.php?id=77',
  dialogueId: D,
  m: M,
  does: 'open',
  courseId: 42,
  subject: 'Essay 1 feedback',
}
const paragraph = writeLink(essay)
const anchor = (href: string, text = 'x') => `<p>Hi</p><p><a href="${href}">${text}</a></p>`
const linkIn = (html: string): Link | undefined => readLink(html, site).link

describe('writing a link', () => {
  it('makes one paragraph with the keys in their order', () => {
    expect(paragraph).toBe(
      `<p><a href="https://moodle.example/school/mod/assign/view.php?id=77#dialogue=${D}&amp;m=${M}&amp;do=open&amp;course=42">Essay 1 feedback</a></p>`,
    )
  })

  it('names replies=no only in an opening, and the rule', () => {
    expect(writeLink({ ...essay, repliesExpected: false, ruleId: 'a/b' })).toContain(
      '&amp;course=42&amp;replies=no&amp;rule=a%2Fb"',
    )
    expect(writeLink({ ...essay, does: 'reply', repliesExpected: false })).not.toContain('replies')
  })

  it('puts "Re: " before the subject of anything but an opening, and nothing before words of the general dialogue', () => {
    const texts = (['open', 'reply', 'close', 'reopen'] as const).map(
      (does) => linkIn(writeLink({ ...essay, does }))?.text,
    )
    expect(texts).toEqual([
      'Essay 1 feedback',
      'Re: Essay 1 feedback',
      'Re: Essay 1 feedback',
      'Re: Essay 1 feedback',
    ])
    expect(
      linkIn(writeLink({ ...essay, dialogueId: 'general', does: 'reply', subject: 'Open the conversation' }))
        ?.text,
    ).toBe('Open the conversation')
  })

  it('encodes what could end an address and drops a fragment that is there', () => {
    const written = writeLink({ ...essay, url: `https://moodle.example/school/a.php?x=(1) <2>\\"'#p7` })
    expect(written).toContain('a.php?x=%281%29%20%3C2%3E%5C%22%27#dialogue=')
    expect(written).not.toContain('p7#')
  })

  it('comes back as it was written, whatever the subject and the words before', () => {
    const does = fc.constantFrom('open', 'reply', 'close', 'reopen')
    const property = fc.property(
      typedText,
      does,
      fc.option(fc.integer({ min: 1, max: 1e9 }), { nil: undefined }),
      (subject, does, courseId) => {
        const { courseId: _course, ...rest } = essay
        const link = { ...rest, subject, does, ...(courseId === undefined ? {} : { courseId }) }
        const read = readLink(`<p>Hi</p>${writeLink(link)}`, site)
        expect(read.body).toBe('<p>Hi</p>')
        expect(read.link).toMatchObject({ dialogueId: D, m: M, does, url: essay.url, repliesExpected: true })
        expect(read.link?.courseId).toBe(courseId)
        expect(read.link && subjectOf(read.link)).toBe(cleanSubject(subject))
      },
    )
    fc.assert(property, { numRuns: 1000 })
  })
})

describe('a subject', () => {
  it.each([
    [' a \n b\t', 'a b'],
    ['\u202Eabc\u2066d\u200F', 'abcd'],
    ['a\u0000b', 'ab'],
    ['x'.repeat(130), 'x'.repeat(120)],
    [`${'x'.repeat(119)}👩‍👩‍👧‍👦`, 'x'.repeat(119)],
  ])('%j becomes %j', (subject, clean) => expect(cleanSubject(subject)).toBe(clean))

  it('stays what it is when cleaned again', () => {
    const property = fc.property(typedText, (text) => {
      const once = cleanSubject(text.repeat(3))
      expect(once.length).toBeLessThanOrEqual(120)
      expect(cleanSubject(once)).toBe(once)
    })
    fc.assert(property)
  })

  it('loses one "Re: " in a reply and none in an opening', () => {
    const link = (text: string, does: Link['does']) => ({
      dialogueId: D,
      m: M,
      does,
      repliesExpected: true,
      text,
      url: '',
    })
    expect(subjectOf(link('Re: Re: x', 'reply'))).toBe('Re: x')
    expect(subjectOf(link('Re: x', 'open'))).toBe('Re: x')
    expect(subjectOf(link('x', 'close'))).toBe('x')
  })
})

describe('reading a link', () => {
  it.each([
    ['bare', `<p>Hi</p>${paragraph}`, '<p>Hi</p>'],
    ['alone', paragraph, ''],
    [
      'as Moodle renders it',
      `<p>Hi</p>\n${paragraph.replace('<a ', '<a target="_blank" rel="noreferrer" class="autolink" ')}\n`,
      '<p>Hi</p>',
    ],
    [
      'wrapped by MathJax',
      `<span class="filter_mathjaxloader_equation"><p>$$x$$</p>${paragraph}</span>`,
      '<span class="filter_mathjaxloader_equation"><p>$$x$$</p></span>',
    ],
    [
      'wrapped several times',
      `<div class="text_to_html">\n<div><span><p>Hi</p>${paragraph}</span></div> </div>`,
      '<div class="text_to_html">\n<div><span><p>Hi</p></span></div> </div>',
    ],
    [
      'before footnotes',
      `<p>Hi</p>${paragraph}<div class="footnotes" role="doc-endnotes"><hr /><ol><li><p>note</p></li></ol></div>`,
      '<p>Hi</p><div class="footnotes" role="doc-endnotes"><hr /><ol><li><p>note</p></li></ol></div>',
    ],
    [
      'before footnotes in a wrapper',
      `<div><p>Hi</p>${paragraph}<div class="x footnotes">n</div></div>`,
      '<div><p>Hi</p><div class="x footnotes">n</div></div>',
    ],
    ['after a paragraph left open', `<p>Hi${paragraph}`, '<p>Hi'],
    ['left open itself', `<p>Hi</p>${paragraph.replace('</a></p>', '')}`, '<p>Hi</p>'],
    ['after an unclosed comment sign', `<p>a &lt;!-- b</p>${paragraph}`, '<p>a &lt;!-- b</p>'],
    ['beside comments', `<p>Hi</p><!-- a -->${paragraph}<!-- b -->`, '<p>Hi</p><!-- a --><!-- b -->'],
  ])('finds it %s', (_where, html, body) => {
    const read = readLink(html, site)
    expect(read.link).toEqual({
      dialogueId: D,
      m: M,
      does: 'open',
      courseId: 42,
      repliesExpected: true,
      text: 'Essay 1 feedback',
      url: essay.url,
    })
    expect(read.body).toBe(body)
  })

  it.each([
    ['is not in the last paragraph', `${paragraph}<p>Hi</p>`],
    ['has words beside it', paragraph.replace('</a>', '</a>.')],
    ['has another link beside it', paragraph.replace('</p>', '<a href="https://x.y">x</a></p>')],
    ['has an image beside it', paragraph.replace('</p>', '<img src="x"></p>')],
    [
      'stands deeper in its paragraph',
      paragraph.replace('<a', '<strong><a').replace('</a>', '</a></strong>'),
    ],
    ['stands in a quotation', `<blockquote>${paragraph}</blockquote>`],
    ['stands in one of several blocks', `<div><p>Hi</p></div><div>${paragraph}</div>`],
    ['stands in the footnotes', `<p>Hi</p><div class="footnotes">${paragraph}</div>`],
    ['stands in a comment', `<p>Hi</p><!--${paragraph}-->`],
    ['stands in a list', `<ul><li>${paragraph}</li></ul>`],
    ['is plain text', '<p>https://moodle.example/school/#dialogue=k3f9a0qm2xtb&amp;m=p7d2w8zr41ch</p>'],
  ])('sees none that %s, and leaves the body whole', (_why, html) => {
    expect(readLink(html, site)).toEqual({ body: html })
  })

  const fragment = `#dialogue=${D}&amp;m=${M}`

  it.each([
    ['https://moodle.example/school', true],
    ['https://moodle.example/school/mod/forum/discuss.php?d=1', true],
    ['http://moodle.example/school/x', true],
    ['https://moodle.example:443/school/x', true],
    ['HTTPS://MOODLE.EXAMPLE/school/x', true],
    ['http://old.example/x', true],
    ['https://old.example/x', true],
    ['https://moodle.example:8443/school/x', false],
    ['https://moodle.example/schoolyard/x', false],
    ['https://moodle.example/school/../x', false],
    ['https://moodle.example/School/x', false],
    ['https://moodle.example.evil.example/school/x', false],
    ['https://moodle.example@evil.example/school/x', false],
    ['https://user@moodle.example/school/x', false],
    ['https://evil.example/?https://moodle.example/school/', false],
    ['//moodle.example/school/x', false],
    ['/school/x', false],
    ['javascript:alert(1)', false],
    ['ftp://moodle.example/school/x', false],
    ['', false],
  ])('to %j: own site %j', (url, isOwn) => expect(linkIn(anchor(url + fragment)) !== undefined).toBe(isOwn))

  it('brings the target of a former address under the present one', () => {
    expect(linkIn(anchor(`http://old.example/mod/page/view.php?id=3${fragment}`))?.url).toBe(
      'https://moodle.example/school/mod/page/view.php?id=3',
    )
  })

  it.each([
    ['', false],
    ['#dialogue=k3f9a0qm2xtb', false],
    ['#m=p7d2w8zr41ch', false],
    ['#dialogue=K3F9A0QM2XTB&m=p7d2w8zr41ch', false],
    ['#dialogue=k3f9a0qm2xtb&m=short', false],
    ['#dialogue=__proto__&m=p7d2w8zr41ch', false],
    ['#dialogue=general&m=p7d2w8zr41ch', true],
    ['#later=1&m=p7d2w8zr41ch&x&dialogue=k3f9a0qm2xtb&y=%', true],
  ])('with the fragment %j: a link %j', (hash, isLink) =>
    expect(linkIn(anchor(`https://moodle.example/school/${hash}`)) !== undefined).toBe(isLink),
  )

  it('reads an unknown do as a reply, and leaves out numbers that are none', () => {
    const link = linkIn(
      anchor(`https://moodle.example/school/${fragment}&do=delete&course=-1&replies=maybe&rule=`),
    )
    expect(link).toMatchObject({ does: 'reply', repliesExpected: true })
    expect(link).not.toHaveProperty('courseId')
    expect(link).not.toHaveProperty('ruleId')
  })

  it('reads the text as text, images by their alt', () => {
    expect(
      linkIn(
        anchor(
          `https://moodle.example/school/${fragment}`,
          ' Well <b>done</b>\n<img alt="smile" src="x"> &amp;lt;',
        ),
      )?.text,
    ).toBe('Well done smile &lt;')
  })

  it('survives any HTML', () => {
    const pieces = fc.constantFrom(
      '<p>',
      '</p>',
      '<div>',
      '</div>',
      '<span>',
      '<a href="',
      paragraph,
      '<',
      '>',
      '"',
      '<!--',
      '-->',
      '<script>',
      '</script>',
      '<svg>',
      '<template>',
      'x',
      '&',
      '</a>',
    )
    const property = fc.property(fc.array(pieces, { maxLength: 20 }), (all) => {
      const html = all.join('')
      const { body, link } = readLink(html, site)
      expect(link ? body.length < html.length : body === html).toBe(true)
    })
    fc.assert(property, { numRuns: 3000 })
  })
})

describe('the text of a link', () => {
  const link = (text: string): Link => ({
    dialogueId: D,
    m: M,
    does: 'reply',
    repliesExpected: true,
    text,
    url: '',
  })

  it.each([
    ['Essay', 'Essay', undefined],
    ['Re: Essay', 'Essay', undefined],
    ['essay', 'Essay', 'essay'],
    ['Re: Essay and more', 'Essay', 'Re: Essay and more'],
    ['Pay here', undefined, 'Pay here'],
    ['Open the conversation', undefined, undefined],
  ])('%j in a dialogue about %j is shown as %j', (text, subject, shown) => {
    expect(linkTextToShow(link(text), subject, ['Open the conversation'])).toBe(shown)
  })
})
