import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compose, isBlank, MESSAGE_BYTES } from '../../lib/dialogue/compose.ts'
import { plainText, sameWords } from '../../lib/dialogue/html.ts'
import { MARK, toPlain } from '../../lib/dialogue/markup.ts'
import { escapeHtml } from '../../lib/dialogue/words.ts'
import { mayHaveHappened } from '../../lib/moodle/index.ts'
import { composedText, nastyTexts } from './nasty-texts.ts'
import type { Stage } from './stage.ts'
import { messageTo, newestById, textsFrom } from './talk.ts'

/** Of a property, sent one by one and read back together. */
const TEXTS_AT_ONCE = 15

const withoutSpace = (text: string): string => text.replace(/\s+/g, '')

/** Emoticons come back as images whose `alt` is a word of its own. */
function shows(html: string, typed: string): boolean {
  if (html.includes('<img ')) return sameWords(html, `<p>${escapeHtml(typed)}</p>`)
  return withoutSpace(plainText(html)) === withoutSpace(typed)
}

/** Some words look blank to the part that makes the e-mail: an error, behind which the message is stored. */
async function sendAnyhow({ as, aside, place }: Stage, text: string): Promise<number> {
  try {
    return (await messageTo(as('teacher'), place.student1, compose({ text }).html)).id
  } catch (error) {
    if (!mayHaveHappened(error)) throw error
    const [last] = await newestById(aside('teacher'), place.teacher, place.conversationId)
    return last?.id ?? 0
  }
}

async function sendAndRead(stage: Stage, texts: readonly string[]): Promise<string[]> {
  const { as, place } = stage
  const ids: number[] = []
  for (const text of texts) ids.push(await sendAnyhow(stage, text))
  expect(new Set(ids).size).toBe(texts.length)
  const read = await textsFrom(as('student1'), place.student1, place.conversationId, ids[0] ?? 0)
  return ids.map((id) => read.get(id) ?? '(missing)')
}

async function expectTheWords(stage: Stage, texts: readonly string[]): Promise<void> {
  const read = await sendAndRead(stage, texts)
  const typed = texts.map((text) => toPlain(text))
  const wrong = read.flatMap((html, i) =>
    shows(html, typed[i] ?? '')
      ? []
      : [{ typed: texts[i], sent: compose({ text: texts[i] ?? '' }).html, html }],
  )
  expect(wrong).toEqual([])
}

const sendable = composedText.filter((text) => !isBlank(text) && compose({ text }).bytes <= MESSAGE_BYTES)

const kinds = [
  { kind: 'bold', open: `${MARK}**`, close: `${MARK}**`, tag: 'strong' },
  { kind: 'italic', open: `${MARK}_`, close: `${MARK}_`, tag: 'em' },
  { kind: 'code', open: `${MARK}\``, close: `${MARK}\``, tag: 'code' },
  { kind: 'a quote', open: `${MARK}> `, close: '', tag: 'blockquote' },
  { kind: 'a list', open: `${MARK}- `, close: '', tag: 'li' },
  { kind: 'numbers', open: `${MARK}3. `, close: '', tag: 'ol start="3"' },
]

/** The words shown are the words typed. */
export function wordTests(stage: () => Stage): void {
  test('the recipient reads the words of nasty texts as they were typed', { timeout: 60_000 }, () =>
    expectTheWords(stage(), nastyTexts),
  )

  test('the recipient reads any text as it was typed', { timeout: 180_000 }, async () => {
    const texts = fc.array(sendable, { minLength: TEXTS_AT_ONCE, maxLength: TEXTS_AT_ONCE })
    const property = fc.asyncProperty(texts, (some) => expectTheWords(stage(), some))
    const numRuns = Math.ceil(stage().site.texts / TEXTS_AT_ONCE)
    const seed = stage().transport === 'session' ? 4561 : 4562
    await fc.assert(property, {
      numRuns,
      seed,
      interruptAfterTimeLimit: 120_000,
      markInterruptAsFailure: true,
    })
  })

  test.each(kinds)('what a button made $kind arrives as that', async ({ open, close, tag }) => {
    const text = `${open}some words${close}`
    const [html = ''] = await sendAndRead(stage(), [text])
    expect(html).toContain(`<${tag}>`)
    expect(plainText(html)).toBe('some words')
  })

  test('lines and paragraphs stay apart', async () => {
    const [html = ''] = await sendAndRead(stage(), ['one\ntwo\n\nthree'])
    expect(html.replace(/\s/g, '').replaceAll('<br/>', '<br>')).toBe('<p>one<br>two</p><p>three</p>')
  })

  test('an emoticon becomes an image that says what it is', async () => {
    const [html = ''] = await sendAndRead(stage(), ['Well done :-) again'])
    expect(plainText(html)).toBe('Well done smile again')
    expect(sameWords(html, '<p>Well done :-) again</p>')).toBe(true)
  })
}
