import { describe, expect, it } from 'vitest'
import { compose, isBlank } from '../../lib/dialogue/compose.ts'
import { readLink } from '../../lib/dialogue/link.ts'
import { MARK } from '../../lib/dialogue/markup.ts'

const link = {
  url: 'https://moodle.example/mod/assign/view.php?id=77',
  dialogueId: 'k3f9a0qm2xtb',
  m: 'p7d2w8zr41ch',
  does: 'open' as const,
  courseId: 42,
  subject: 'Essay 1 feedback',
}

describe('compose', () => {
  it('ends a message in a dialogue with its link', () => {
    expect(compose({ text: 'Your second paragraph needs a source.', link }).html).toBe(
      '<p>Your second paragraph needs a source.</p><p><a href="https://moodle.example/mod/assign/view.php?id=77#dialogue=k3f9a0qm2xtb&amp;m=p7d2w8zr41ch&amp;do=open&amp;course=42">Essay 1 feedback</a></p>',
    )
  })

  it('counts bytes, markup and link included', () => {
    expect(compose({ text: 'é😀' })).toEqual({ html: '<p>é😀</p>', bytes: 13 })
    const { html, bytes } = compose({ text: 'é', link })
    expect(bytes).toBe(Buffer.byteLength(html))
  })
})

it('A pasted address of a dialogue at the end of a message does not file the message there', () => {
  const address =
    'https://moodle.example/mod/assign/view.php?id=77#dialogue=k3f9a0qm2xtb&m=p7d2w8zr41ch&do=close'
  for (const text of [`Look:\n\n${address}`, `${MARK}[Essay${MARK}](${address}${MARK})`]) {
    const { html } = compose({ text })
    expect(html).toContain('#dialogue=k3f9a0qm2xtb')
    expect(readLink(html, { wwwroot: 'https://moodle.example' })).toEqual({ body: html })
  }
})

describe('isBlank', () => {
  it.each([
    '',
    '  \n\t',
    '\u00A0',
    '\u200B\uFEFF',
    '\u2800',
    '\u3164',
    '\u202E',
    MARK,
    `${MARK}**${MARK}**`,
    `${MARK}> ${MARK}- `,
    `${MARK}1. `,
    `${MARK}[${MARK}](https://x.y${MARK})`,
  ])('sees nothing in %j', (text) => expect(isBlank(text)).toBe(true))

  it.each(['a', '**', '- ', '.', '😀', `${MARK}**a`, `${MARK}1. b`, '👍🏽'])('sees something in %j', (text) =>
    expect(isBlank(text)).toBe(false),
  )
})
