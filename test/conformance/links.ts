import { expect, test } from 'vitest'
import { compose } from '../../lib/dialogue/compose.ts'
import { plainText } from '../../lib/dialogue/html.ts'
import { type LinkToWrite, readLink } from '../../lib/dialogue/link.ts'
import type { Stage } from './stage.ts'
import { messageTo, newestById, newMark } from './talk.ts'

/** With a formula that does not end, and a brace. */
const WORDS = 'Please look: it costs $$ a { or \\( b.'
const both = ['teacher', 'student1'] as const

function linkOf({ site, place }: Stage, rest: Partial<LinkToWrite> = {}): LinkToWrite {
  return {
    url: `${site.wwwroot}/mod/assign/view.php?id=${place.cmid}`,
    dialogueId: newMark(),
    m: newMark(),
    does: 'open',
    courseId: place.courseId,
    subject: 'Essay 1 feedback',
    ...rest,
  }
}

/** The message as each of the two people reads it. */
async function readByBoth(stage: Stage, id: number): Promise<string[]> {
  const { as, place } = stage
  const texts = both.map(async (who) => {
    const messages = await newestById(as(who), place[who], place.conversationId)
    return messages.find((message) => message.id === id)?.text ?? ''
  })
  return Promise.all(texts)
}

const variants: readonly [string, Partial<LinkToWrite>][] = [
  ['an opening', {}],
  ['a reply', { does: 'reply' }],
  ['an end for both', { does: 'close' }],
  ['an opening that expects no answer, by a rule', { repliesExpected: false, ruleId: 'r7' }],
  ['a subject with markup', { subject: 'a < b & "c" > \'d\' &amp; $5' }],
  ['a subject in two scripts', { subject: 'שלום — 你好 😀' }],
  ['a subject with a formula', { subject: 'What is $$x^2$$?' }],
  ['a subject that ends a formula', { subject: 'b $$ c } \\) d' }],
  ['the longest subject', { subject: 'é'.repeat(120) }],
]

/** What carries a dialogue through Moodle. */
export function linkTests(stage: () => Stage): void {
  test.each(variants)('%s is read as it was written, on both sides', async (_name, rest) => {
    const { as, site, place } = stage()
    const link = linkOf(stage(), rest)
    const { html } = compose({ text: WORDS, link })
    const { id } = await messageTo(as('teacher'), place.student1, html)
    const expected = readLink(html, site).link
    expect(expected).toMatchObject({ dialogueId: link.dialogueId, m: link.m, does: link.does, url: link.url })
    for (const text of await readByBoth(stage(), id)) {
      const read = readLink(text, site)
      expect(read.link).toEqual(expected)
      expect(plainText(read.body)).toBe(WORDS)
    }
  })

  test('a formula in the words wraps the message, and the link is still its last', async () => {
    const { as, site, place } = stage()
    const link = linkOf(stage())
    const { html } = compose({ text: 'Is $$x^2$$ right? :-)\nOr <not>?', link })
    const { id } = await messageTo(as('teacher'), place.student1, html)
    for (const text of await readByBoth(stage(), id)) {
      expect(text).toContain('filter_mathjaxloader_equation')
      expect(readLink(text, site).link?.m).toBe(link.m)
    }
  })

  test('a link opens in a new tab and names no referrer', async () => {
    const { as, place } = stage()
    const { html } = compose({ text: 'x', link: linkOf(stage()) })
    const { id } = await messageTo(as('teacher'), place.student1, html)
    for (const text of await readByBoth(stage(), id)) {
      expect(text).toMatch(
        /<a href="[^"]*#dialogue=[^"]*" target="_blank" rel="noreferrer">Essay 1 feedback<\/a>/,
      )
    }
  })

  test('cleaning keeps class and title; ids, data, comments, handlers and scripts are lost', async () => {
    const { as, place } = stage()
    const attributes = 'class="k" title="t" id="i" data-d="d" onclick="f()"'
    const hostile = '<!-- c --><script>alert(1)</script><a href="javascript:alert(1)">bad</a>'
    const { id } = await messageTo(as('teacher'), place.student1, `<p ${attributes}>kept</p>${hostile}`)
    for (const text of await readByBoth(stage(), id)) {
      expect(text).toMatch(/<p class="k" title="t">kept<\/p>/)
      expect(text).not.toMatch(/\bid=|data-d|onclick|<!--|script|alert/)
      expect(plainText(text)).toBe('kept bad')
    }
  })

  test('in plain text a link is no link', async () => {
    const { as, place } = stage()
    const { html } = compose({ text: 'x', link: linkOf(stage()) })
    const messages = [{ touserid: place.student1, text: html, textformat: 2 }]
    const [row] = await as('teacher').call('core_message_send_instant_messages', { messages })
    for (const text of await readByBoth(stage(), row?.msgid ?? 0)) expect(text).not.toContain('<a ')
  })
}
