import { expect, test } from 'vitest'
import { isMoodleError, mayHaveHappened } from '../../lib/moodle/index.ts'
import { raw } from './raw.ts'
import type { Stage } from './stage.ts'
import { messageTo, newestById, newMark } from './talk.ts'

const nobody = 2_000_000_000
const SEND = 'core_message_send_instant_messages'
/** PHP's DOM has nothing to hold, and shows its own head. */
const SHOWN_BLANK = '<?xml version="1.0" encoding="UTF-8" ?>'
const TO_CONVERSATION = 'core_message_send_messages_to_conversation'

/** The conversation's newest texts, oldest first. */
async function lastTexts({ aside, place }: Stage, count: number): Promise<string[]> {
  const messages = await newestById(aside('teacher'), place.teacher, place.conversationId)
  return messages
    .slice(0, count)
    .toReversed()
    .map((message) => message.text)
}

const asTeacher = ({ site, people, transport }: Stage, wsfunction: string, args: object) =>
  raw(site.wwwroot, people.teacher, transport, wsfunction, args)

/** What Moodle does with texts and people that the client never lets through. */
export function sendingTests(stage: () => Stage): void {
  test('an unknown recipient in the middle fails the whole answer, and both others are stored', async () => {
    const { as, aside, place } = stage()
    const mark = newMark()
    const messages = [place.student1, nobody, place.student2].map((touserid) => ({
      touserid,
      text: `<p>${mark}</p>`,
      textformat: 1,
    }))
    const error: unknown = await as('teacher')
      .call(SEND, { messages })
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ kind: 'moodle', errorcode: 'formatnotsupported' })
    expect(mayHaveHappened(error)).toBe(true)
    const found = await aside('teacher').call('core_message_data_for_messagearea_search_messages', {
      userid: place.teacher,
      search: mark,
    })
    const recipients = found.contacts.map((contact) => contact.userid)
    expect(recipients.toSorted((a, b) => a - b)).toEqual([place.student1, place.student2])
  })

  test.each(['  ', '\n\t ', '<!-- x -->'])(
    'the blank text %j answers an error, and is stored',
    async (text) => {
      const mark = newMark()
      await messageTo(stage().aside('teacher'), stage().place.student1, `<p>${mark}</p>`)
      const messages = [{ touserid: stage().place.student1, text, textformat: 1 }]
      const answer = await asTeacher(stage(), SEND, { messages })
      expect(answer).toHaveProperty('refusal')
      if (stage().transport === 'rest') expect(answer).not.toHaveProperty('refusal.errorcode')
      const [before, blank] = await lastTexts(stage(), 2)
      expect(before).toBe(`<p>${mark}</p>`)
      expect(blank).toBe(SHOWN_BLANK)
    },
  )

  test('an empty paragraph is accepted and delivered', async () => {
    const messages = [{ touserid: stage().place.student1, text: '<p> </p>', textformat: 1 }]
    const answer = await asTeacher(stage(), SEND, { messages })
    expect(answer).toMatchObject({ data: [{ text: '<p> </p>' }] })
    expect(await lastTexts(stage(), 1)).toEqual(['<p> </p>'])
  })

  test.each(['&lt;!-- x', '&lt;script&gt;x&lt;/script&gt;'])(
    'the words %j look blank to Moodle’s e-mail: they answer an error, are stored and read well',
    async (words) => {
      const messages = [{ touserid: stage().place.student1, text: `<p>${words}</p>`, textformat: 1 }]
      const answer = await asTeacher(stage(), SEND, { messages })
      expect(answer).toHaveProperty('refusal')
      expect(await lastTexts(stage(), 1)).toEqual([`<p>${words}</p>`])
    },
  )

  test('an empty text is accepted and delivered', async () => {
    const messages = [{ touserid: stage().place.student1, text: '', textformat: 1 }]
    const answer = await asTeacher(stage(), SEND, { messages })
    expect(answer).toMatchObject({ data: [{ text: '', conversationid: stage().place.conversationId }] })
    expect(await lastTexts(stage(), 1)).toEqual([''])
  })

  test('a conversation keeps what came before the message that throws, and gets nothing after it', async () => {
    const mark = newMark()
    const texts = [`<p>${mark} kept</p>`, '  ', `<p>${mark} never</p>`]
    const messages = texts.map((text) => ({ text, textformat: 1 }))
    const conversationid = stage().place.conversationId
    const answer = await asTeacher(stage(), TO_CONVERSATION, { conversationid, messages })
    expect(answer).toHaveProperty('refusal')
    const [kept, blank] = await lastTexts(stage(), 2)
    expect(kept).toBe(`<p>${mark} kept</p>`)
    expect(blank).toBe(SHOWN_BLANK)
  })

  test('the limit is 4,096 bytes, markup included: one more is refused in the row', async () => {
    const { as, place } = stage()
    const text = `<p>${'é'.repeat(2044)}</p>`.padEnd(4096 - 2044, ' ')
    const whole = text.slice(0, 4096 - 2044)
    const messages = [{ touserid: place.student1, text: whole, textformat: 1 }]
    expect(Buffer.byteLength(whole)).toBe(4096)
    const [taken] = await as('teacher').call(SEND, { messages })
    expect(taken?.msgid).toBeGreaterThan(0)
    const longer = messages.map((message) => ({ ...message, text: `${whole} ` }))
    const answer = await asTeacher(stage(), SEND, { messages: longer })
    expect(answer).toMatchObject({ data: [{ msgid: -1, errormessage: expect.stringMatching(/./) }] })
  })

  test('a text too long for a conversation is refused as a whole, before anything is stored', async () => {
    const mark = newMark()
    await messageTo(stage().aside('teacher'), stage().place.student1, `<p>${mark}</p>`)
    const messages = ['fine', 'y'.repeat(5000)].map((text) => ({ text, textformat: 1 }))
    const conversationid = stage().place.conversationId
    const answer = await asTeacher(stage(), TO_CONVERSATION, { conversationid, messages })
    expect(answer).toMatchObject({ refusal: { errorcode: 'errormessagetoolong' } })
    expect(await lastTexts(stage(), 1)).toEqual([`<p>${mark}</p>`])
  })

  test('the same clientmsgid twice is two messages: it is no key', async () => {
    const { as, place } = stage()
    const messages = [{ touserid: place.student1, text: '<p>Again</p>', textformat: 1, clientmsgid: 'same' }]
    const [first] = await as('teacher').call(SEND, { messages })
    const [second] = await as('teacher').call(SEND, { messages })
    expect(second?.msgid).toBeGreaterThan(first?.msgid ?? Number.POSITIVE_INFINITY)
  })

  test('somebody else’s conversation is refused in a sentence, and nothing can have happened', async () => {
    const { as, place } = stage()
    const messages = [{ text: '<p>Hello?</p>', textformat: 1 }]
    const sending = as('student2').call(TO_CONVERSATION, { conversationid: place.conversationId, messages })
    const error: unknown = await sending.catch((reason: unknown) => reason)
    expect(isMoodleError(error) && error.kind === 'moodle' && error.errorcode).toBe(
      `User ${place.student2} cannot send a message to conversation ${place.conversationId}`,
    )
    expect(mayHaveHappened(error)).toBe(false)
  })

  test('a blocked student is refused in the row, a blocked teacher is not', async () => {
    const { as, aside, place } = stage()
    const { student1: userid, student2, teacher } = place
    const student = aside('student1')
    for (const blockeduserid of [student2, teacher]) {
      await student.call('core_message_block_user', { userid, blockeduserid })
    }
    const messages = [{ touserid: userid, text: '<p>Hello?</p>', textformat: 1 }]
    const [refused] = await as('student2').call(SEND, { messages })
    const [taken] = await as('teacher').call(SEND, { messages })
    for (const unblockeduserid of [student2, teacher]) {
      await student.call('core_message_unblock_user', { userid, unblockeduserid })
    }
    expect(refused).toMatchObject({ msgid: -1, errormessage: expect.stringMatching(/./) })
    expect(taken?.msgid).toBeGreaterThan(0)
  })
}
