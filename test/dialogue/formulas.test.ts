import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compose } from '../../lib/dialogue/compose.ts'
import { withoutLooseFormulas } from '../../lib/dialogue/formulas.ts'
import { plainText } from '../../lib/dialogue/html.ts'
import { toHtml } from '../../lib/dialogue/markup.ts'
import { typedText, words } from './typed.ts'

const hidden = (text: string) => text.replaceAll('~', '<b></b>')

describe('withoutLooseFormulas', () => {
  it.each([
    ['<p>a $$x$$ b \\(y\\) c \\[z\\]</p>', '<p>a $$x$$ b \\(y\\) c \\[z\\]</p>'],
    ['<p>a $$ b</p>', '<p>a $~$ b</p>'],
    ['<p>$$x$$ and $$ b</p>', '<p>$$x$$ and $~$ b</p>'],
    ['<p>\\( a</p>', '<p>\\~( a</p>'],
    ['<p>\\[ a \\( b</p>', '<p>\\~[ a \\~( b</p>'],
    ['<p>$$ \\( $$ a</p>', '<p>$$ \\( $$ a</p>'],
    ['<p>$$$ a</p>', '<p>$$$ a</p>'],
    ['<p>$$$ a $$ b</p>', '<p>$$$ a $~$ b</p>'],
    ['<p>no $ here, C:\\dir</p>', '<p>no $ here, C:\\dir</p>'],
    ['<p>$$x$$ {a}</p>', '<p>$$x$$ {a}</p>'],
    ['<p>$$x$$ {a<br>b}</p>', '<p>$~$x$~$ {a<br>b}</p>'],
    ['<p>$$x$$ {a</p>', '<p>$~$x$~$ {a</p>'],
  ])('of %j', (html, expected) => expect(withoutLooseFormulas(html)).toBe(hidden(expected)))

  it('changes no word', () => {
    const property = fc.property(typedText, (text) => {
      expect(words(plainText(withoutLooseFormulas(toHtml(text))))).toBe(words(text))
    })
    fc.assert(property)
  })
})

it('a formula begun in the words does not end in the link', () => {
  const link = {
    url: 'https://moodle.example/mod/assign/view.php?id=77',
    dialogueId: 'k3f9a0qm2xtb',
    m: 'p7d2w8zr41ch',
    does: 'open' as const,
    subject: 'b $$ c',
  }
  const { html } = compose({ text: 'cost $$ a', link })
  expect(html).toContain(hidden('<p>cost $~$ a</p>'))
  expect(html).toContain(hidden('>b $~$ c</a>'))
})

it('a brace in the words does not reach the link beside a formula', () => {
  const link = {
    url: 'https://moodle.example/mod/assign/view.php?id=77',
    dialogueId: 'k3f9a0qm2xtb',
    m: 'p7d2w8zr41ch',
    does: 'open' as const,
    subject: 'b $$c$$ }',
  }
  const { html } = compose({ text: 'a {', link })
  expect(html).toContain(hidden('>b $~$c$~$ }</a>'))
})
