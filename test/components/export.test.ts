// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { asHtml } from '../../components/export/as-html.ts'
import { asJson } from '../../components/export/as-json.ts'
import { asMarkdown, blocks } from '../../components/export/as-markdown.ts'
import { fileName } from '../../components/export/save.ts'
import { refsInHash } from '../../components/models/ref.ts'
import type { ExportedDialogue } from '../../lib/dialogue/export.ts'
import { ANNA, BIOLOGY, ESSAY, message, NOW, refTo } from '../example.ts'
import { speak } from './words.ts'

const EVIL =
  '<p onclick="x()">Look <img src="https://spy.example/p.gif" alt="a cat"><script>alert(1)</script></p>'

function dialogue(change: Partial<ExportedDialogue> = {}): ExportedDialogue {
  return {
    ref: refTo(ANNA),
    site: { name: 'Seed University', wwwroot: 'https://moodle.example/school' },
    account: 'Tara Teacher',
    subject: 'Essay 1 feedback',
    people: ['Tara Teacher', 'Anna Weber'],
    course: BIOLOGY,
    about: ESSAY,
    state: 'closed',
    closedBy: { name: 'Tara Teacher', time: NOW },
    messages: [
      message(1, { html: '<p>1. Not a *list* &lt;b&gt;</p><ul><li>One</li><li>Two</li></ul>' }),
      message(2, { html: EVIL, guessed: true }),
      message(3, { html: '<blockquote><p>Said</p></blockquote><p>Yes</p>', does: 'close' }),
    ],
    isWhole: true,
    ...change,
  }
}

beforeEach(() => speak())

describe('a dialogue written out as a web page', () => {
  it('carries a policy that lets nothing be fetched, run or sent, and only its own style', async () => {
    const html = await asHtml([dialogue()], NOW)
    const file = new DOMParser().parseFromString(html, 'text/html')
    const policy = file.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content')
    const css = file.querySelector('style')?.textContent ?? ''
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(css))
    const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`)
  })

  it('says who said what when, with the zone, and hides nothing', async () => {
    const html = await asHtml([dialogue()], NOW)
    const text = new DOMParser().parseFromString(html, 'text/html').body.textContent
    for (const words of ['Essay 1 feedback', 'Anna Weber', 'Biology 101', 'Closed by', 'by guess', 'UTC'])
      expect(text).toContain(words)
    expect(html.match(/<section>/g)).toHaveLength(3)
  })

  it('says where older messages are missing', async () => {
    expect(await asHtml([dialogue({ isWhole: false })], NOW)).toContain('Older messages could not be read')
  })
})

describe('a dialogue written out as Markdown', () => {
  const markdown = (html: string) => {
    const place = document.createElement('div')
    place.innerHTML = html
    return blocks(place)
  }

  it.each([
    ['<p>1. Not a *list* &lt;b&gt;</p>', String.raw`1\. Not a \*list\* \<b\>`],
    ['<p># no heading<br>second</p>', '\\# no heading  \nsecond'],
    ['<ul><li>One</li><li>Two</li></ul>', '- One\n- Two'],
    ['<ol start="3"><li>One</li><li>Two</li></ol>', '3. One\n4. Two'],
    ['<blockquote><p>Said</p><p>twice</p></blockquote><p>Yes</p>', '> Said\n> \n> twice\n\nYes'],
    ['<pre>a\n  b\n</pre>', '```\na\n  b\n```'],
    ['<p><b>bold</b> <em>and</em> <code>x`y</code></p>', '**bold** *and* `` x`y ``'],
    ['<p>See <a href="https://a.example/(b)">there</a></p>', 'See [there](<https://a.example/(b)>)'],
  ])('%s', (html, expected) => {
    expect(markdown(html)).toBe(expected)
  })

  it('begins with the same facts', () => {
    const text = asMarkdown([dialogue()], NOW)
    expect(text).toContain('# Essay 1 feedback\n\n- Site: ')
    expect(text.match(/^## Anna Weber, /gm)).toHaveLength(3)
  })
})

describe('a dialogue written out as JSON', () => {
  it('is for programs', () => {
    const read = JSON.parse(asJson([dialogue()], NOW))
    expect(read).toMatchObject({ format: 'aside-dialogues', version: 1 })
    expect(read.dialogues[0]).toMatchObject({
      subject: 'Essay 1 feedback',
      state: 'closed',
      messages: [{ does: 'say' }, { filedByGuess: true }, { does: 'close' }],
    })
    expect(read.dialogues[0].messages[0].time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/)
  })
})

describe('what it is called and where it is asked for', () => {
  it('has a name that file systems take', () => {
    expect(fileName([dialogue({ subject: 'Essay: 1/2 "draft"?' })], NOW, 'html')).toMatch(
      /^Essay 1 2 draft \d{4}-\d\d-\d\d\.html$/,
    )
  })

  it('takes dialogues from an address that anybody may have typed', () => {
    const hash = `#${encodeURIComponent(JSON.stringify([refTo(ANNA), null, 7, { accountId: 1 }]))}`
    expect(refsInHash(hash)).toEqual([refTo(ANNA)])
    expect(refsInHash('#nonsense')).toEqual([])
  })
})

describe('what a stranger wrote stays words when it is written out as Markdown', () => {
  const written = (html: string) => blocks(document.createRange().createContextualFragment(html))

  it('is no picture that somebody’s server hears of, though a mark stands before a link', () => {
    expect(written('<p>See!<a href="https://spy.example/p.gif">this</a></p>')).toBe(
      String.raw`See\![this](<https://spy.example/p.gif>)`,
    )
  })

  it('is no markup, though lines of code are empty', () => {
    expect(written('<p><code>a\n\n&lt;script&gt;x&lt;/script&gt;\n\nb</code></p>')).toBe(
      '`a <script>x</script> b`',
    )
  })

  it('ends no link before its end', () => {
    expect(written(String.raw`<p><a href="https://a.example/?x=\">a</a></p>`)).toBe(
      '[a](<https://a.example/?x=%5C>)',
    )
  })
})
