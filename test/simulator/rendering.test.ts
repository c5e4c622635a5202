import { describe, expect, test } from 'vitest'
import { running } from './running.ts'
import { ask } from './talk.ts'

const simulator = running()
const [HTML, PLAIN, MARKDOWN] = [1, 2, 4]

/** What the other side reads of a message. */
async function shown(text: string, format: number): Promise<string> {
  const message = simulator().say({ from: 'teacher1', to: 'student20', text, format })
  const args = { currentuserid: 24, convid: message.conversationid, newest: true, limitnum: 1 }
  const page = await ask<{ messages: { id: number; text: string }[] }>(
    simulator(),
    simulator().login('student20'),
    'core_message_get_conversation_messages',
    args,
  )
  expect(page.messages[0]?.id).toBe(message.id)
  return page.messages[0]?.text ?? ''
}

const LINK = 'http://m.example/mod/assign/view.php?id=3#dialogue=abc&m=9zz'

describe('a context link', () => {
  const arrived = `<a href="${LINK.replace('&', '&amp;')}" target="_blank" rel="noreferrer">Essay 1</a>`

  test('survives as HTML and as Markdown', async () => {
    expect(await shown(`<p><a href="${LINK.replace('&', '&amp;')}">Essay 1</a></p>`, HTML)).toBe(
      `<p>${arrived}</p>`,
    )
    expect(await shown(`[Essay 1](${LINK})`, MARKDOWN)).toBe(`<p>${arrived}</p>`)
  })

  test('is no link in plain text', async () => {
    expect(await shown(`[Essay 1](${LINK})`, PLAIN)).not.toContain('<a')
  })
})

describe('cleaning', () => {
  test('keeps class, title and foreign images, drops ids, data, comments, handlers and scripts', async () => {
    const dirty =
      '<p class="a" title="t" id="i" data-x="1" onclick="x()">one<!-- c --><script>x()</script><img src="https://spy.example/p.gif"></p>'
    expect(await shown(dirty, HTML)).toBe(
      '<p class="a" title="t">one<img src="https://spy.example/p.gif" alt="p.gif"></p>',
    )
  })

  test.each(['javascript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', ' JAVASCRIPT:x'])(
    'takes the address %j away',
    async (href) => {
      expect(await shown(`<a href="${href}">x</a>`, HTML)).toBe('<a target="_blank" rel="noreferrer">x</a>')
    },
  )

  test('closes what was left open, and puts first text into a paragraph', async () => {
    expect(await shown('hello <b>you', HTML)).toBe('<p>hello <b>you</b></p>')
  })

  test('writes text as text', async () => {
    expect(await shown('a < b & <b>c</b>', PLAIN)).toBe('<p>a &lt; b &amp; &lt;b&gt;c&lt;/b&gt;</p>')
  })
})

describe('filters', () => {
  test('a formula anywhere wraps the whole message', async () => {
    const text = await shown('<p>one</p><p>$$x$$</p>', HTML)
    expect(text).toMatch(/^<span class="filter_mathjaxloader_equation"><p>one<\/p>.*<\/span>$/)
  })

  test('an emoticon becomes an image with its name, in a tag as well', async () => {
    expect(await shown('<p>good :-)</p>', HTML)).toMatch(/^<p>good <img class="icon emoticon" alt="smile" /)
    expect(await shown('<p title="see :)">x</p>', HTML)).toContain('title="see <img')
  })

  test('not where the text is preformatted', async () => {
    expect(await shown('<pre>f(:-)</pre>', HTML)).toBe('<pre>f(:-)</pre>')
    expect(await shown('<p><code>f(:-)</code></p>', HTML)).toContain('<code>f(<img')
  })

  test('a bare address becomes a link, and one of a picture becomes the picture', async () => {
    expect(await shown('<p>see https://x.example/a.</p>', HTML)).toBe(
      '<p>see <a href="https://x.example/a" class="_blanktarget" target="_blank" rel="noreferrer">https://x.example/a</a>.</p>',
    )
    expect(await shown('<p>https://spy.example/a.png</p>', HTML)).toBe(
      '<p><img class="filter_urltolink_image" alt="" src="https://spy.example/a.png"></p>',
    )
  })

  test('plain text passes all of them by', async () => {
    const text = 'good :-) $$x$$ https://x.example/a'
    expect(await shown(text, PLAIN)).toBe(`<p>${text}</p>`)
  })
})

describe('Moodle’s Markdown', () => {
  test('eats words that look like a tag', async () => {
    expect(await shown('if a<b then c>d', MARKDOWN)).not.toContain('then c')
  })

  test('collapses single newlines and makes a list of a year', async () => {
    expect(await shown('one\ntwo', MARKDOWN)).not.toContain('<br')
    expect(await shown('1986. A good year', MARKDOWN)).toContain('<ol')
  })

  test('appends footnotes in a div', async () => {
    expect(await shown('text[^1]\n\n[^1]: note', MARKDOWN)).toMatch(
      /<div class="footnotes">.*note.*<\/div>$/s,
    )
  })

  test('shows nothing of an open comment but the head of an empty document', async () => {
    expect(await shown('<!-- x', MARKDOWN)).toBe('<?xml version="1.0" encoding="UTF-8" ?>')
  })
})
