import { describe, expect, test } from 'vitest'
import { running } from './running.ts'
import { ajax, ask, refusal, rest } from './talk.ts'

const simulator = running()
const SEND = 'core_message_send_instant_messages'
const TO_CONVERSATION = 'core_message_send_messages_to_conversation'
type Row = {
  msgid: number
  text?: string
  errormessage?: string
  conversationid?: number
  clientmsgid?: string
}

const texts = (a: string, b: string) =>
  simulator()
    .messagesBetween(a, b)
    .map((message) => message.text)
const idOf = (name: string) => simulator().user(name).id
const send = (as: string, to: string, text: string, textformat = 2) =>
  ask<Row[]>(simulator(), simulator().login(as), SEND, {
    messages: [{ touserid: idOf(to), text, textformat }],
  })

describe('an error does not mean that nothing happened', () => {
  test('an unknown recipient in the middle fails the whole answer, and both others are stored', async () => {
    const messages = [
      { touserid: idOf('student3'), text: 'one', textformat: 2 },
      { touserid: 999999, text: 'nobody', textformat: 2 },
      { touserid: idOf('student4'), text: 'two', textformat: 2 },
    ]
    const error = await refusal(simulator(), simulator().login('teacher1'), SEND, { messages })
    expect(error.errorcode).toBe('formatnotsupported')
    expect(texts('teacher1', 'student3')).toEqual(['one'])
    expect(texts('teacher1', 'student4')).toEqual(['two'])
  })

  test('a blank text answers a PHP error, and is stored', async () => {
    const args = { messages: [{ touserid: idOf('student5'), text: '  ', textformat: 2 }] }
    const error = await refusal(simulator(), simulator().login('teacher1'), SEND, args)
    expect(error.errorcode).toBe('generalexceptionmessage')
    expect(texts('teacher1', 'student5')).toEqual(['  '])
  })

  test('over a token that error has no errorcode at all', async () => {
    const args = { messages: [{ touserid: idOf('student5'), text: ' ', textformat: 1 }] }
    const { body, status } = await rest(simulator(), 'teacher1', SEND, args)
    expect(status).toBe(200)
    expect(body).toEqual({ exception: 'Error', message: 'Call to a member function C14N() on null' })
  })

  test('Markdown of which nothing is left is stored too, behind an error', async () => {
    const args = { messages: [{ touserid: idOf('student6'), text: '<!-- x', textformat: 4 }] }
    await refusal(simulator(), simulator().login('teacher1'), SEND, args)
    expect(texts('teacher1', 'student6')).toEqual(['<!-- x'])
  })

  test('an empty text is accepted and delivered', async () => {
    const [row] = await send('teacher1', 'student7', '')
    expect(row).toMatchObject({ text: '' })
    expect(row?.msgid).toBeGreaterThan(0)
    expect(texts('teacher1', 'student7')).toEqual([''])
  })

  test('a conversation keeps what came before the message that throws, and gets nothing after it', async () => {
    await send('teacher1', 'student8', 'first')
    const conversationid = simulator().conversationIdBetween('teacher1', 'student8')
    const messages = ['kept', '  ', 'never'].map((text) => ({ text, textformat: 2 }))
    await refusal(simulator(), simulator().login('teacher1'), TO_CONVERSATION, { conversationid, messages })
    expect(texts('teacher1', 'student8')).toEqual(['first', 'kept', '  '])
  })

  test('a text too long for a conversation is refused before anything is stored, as recorded', async () => {
    await send('teacher1', 'student9', 'first')
    const conversationid = simulator().conversationIdBetween('teacher1', 'student9')
    const messages = ['fine', 'y'.repeat(5000)].map((text) => ({ text, textformat: 2 }))
    const error = await refusal(simulator(), simulator().login('teacher1'), TO_CONVERSATION, {
      conversationid,
      messages,
    })
    expect(error.errorcode).toBe('errormessagetoolong')
    expect(texts('teacher1', 'student9')).toEqual(['first'])
  })
})

describe('a text that nobody can be notified of', () => {
  test.each(['  ', '<!-- x -->', '<script>x</script>'])(
    '%j stops the loop: what comes after is never sent',
    async (text) => {
      const before = texts('teacher1', 'student22').length
      const messages = [text, 'never'].map((row) => ({
        touserid: idOf('student22'),
        text: row,
        textformat: 1,
      }))
      await refusal(simulator(), simulator().login('teacher1'), SEND, { messages })
      expect(texts('teacher1', 'student22')).toHaveLength(before + 1)
    },
  )

  test('is no trouble in a message to oneself', async () => {
    const [row] = await send('student23', 'student23', '  ')
    expect(row?.msgid).toBeGreaterThan(0)
  })
})

describe('refusals', () => {
  const toTwo = (first: string, second: string) => ({
    messages: [idOf(first), idOf(second)].map((touserid, at) => ({
      touserid,
      text: 'hello',
      textformat: 2,
      clientmsgid: `k${at}`,
    })),
  })

  test('refused rows are values with a reason where every row is refused', async () => {
    simulator().setPrivacy('student11', 1)
    simulator().setPrivacy('student21', 1)
    const args = toTwo('student11', 'student21')
    const rows = await ask<Row[]>(simulator(), simulator().login('student10'), SEND, args)
    expect(rows).toMatchObject([
      { msgid: -1, clientmsgid: 'k0' },
      { msgid: -1, clientmsgid: 'k1' },
    ])
    expect(rows[0]?.errormessage).toContain('message preferences')
  })

  test('beside one that goes through, a refused row fails the whole answer', async () => {
    simulator().setPrivacy('student11', 1)
    const args = toTwo('student11', 'student12')
    const error = await refusal(simulator(), simulator().login('student10'), SEND, args)
    expect(error.errorcode).toBe('formatnotsupported')
    expect(texts('student10', 'student12')).toEqual(['hello'])
  })

  test('a person who blocked the sender is refused in the same words', async () => {
    simulator().block('student13', 'student14')
    const [row] = await send('student14', 'student13', 'hello?')
    expect(row?.errormessage).toContain('message preferences')
  })

  test('a contact gets through "contacts only"', async () => {
    simulator().setPrivacy('student15', 1)
    simulator().befriend('student15', 'student16')
    const [row] = await send('student16', 'student15', 'hello')
    expect(row?.msgid).toBeGreaterThan(0)
  })

  test('a teacher reaches a student who blocked everyone', async () => {
    simulator().setPrivacy('student17', 1)
    simulator().block('student17', 'teacher1')
    const [row] = await send('teacher1', 'student17', 'hello')
    expect(row?.msgid).toBeGreaterThan(0)
  })

  test('the limit counts bytes, of the text with its markup', async () => {
    const [refused] = await send('teacher1', 'student18', 'é'.repeat(2049))
    expect(refused?.errormessage).toBe('The message is longer than the maximum allowed.')
    const [taken] = await send('teacher1', 'student18', 'é'.repeat(2048))
    expect(taken?.msgid).toBeGreaterThan(0)
  })

  test('no message at all is a coding error', async () => {
    const error = await refusal(simulator(), simulator().login('teacher1'), SEND, { messages: [] })
    expect(error.errorcode).toBe('codingerror')
  })

  test('a sentence stands where the error code should be', async () => {
    const args = { conversationid: 99999, messages: [{ text: 'x', textformat: 2 }] }
    const error = await refusal(simulator(), simulator().login('teacher1'), TO_CONVERSATION, args)
    expect(error.errorcode).toBe('User 3 cannot send a message to conversation 99999')
  })
})

describe('what is stored', () => {
  test('the same message sent twice is stored twice: clientmsgid is no key', async () => {
    const messages = [{ touserid: idOf('student19'), text: 'again', textformat: 2, clientmsgid: 'same' }]
    const keys = simulator().login('teacher1')
    await ask(simulator(), keys, SEND, { messages })
    await ask(simulator(), keys, SEND, { messages })
    expect(texts('teacher1', 'student19')).toEqual(['again', 'again'])
  })

  test('a message to oneself lands in the self conversation, and is not unread', async () => {
    const keys = simulator().login('teacher1')
    const [row] = await send('teacher1', 'teacher1', 'note')
    const own = await ask<{ id: number; type: number }>(
      simulator(),
      keys,
      'core_message_get_self_conversation',
      {
        userid: 3,
      },
    )
    expect(row?.conversationid).toBe(own.id)
    expect(own.type).toBe(3)
    expect(simulator().school.unread.get(3)?.has(own.id) ?? false).toBe(false)
  })

  test('the text answered for HTML sent to a conversation is not the text read later', async () => {
    const keys = simulator().login('teacher1')
    const text = '<p>a <b>bold</b> <a href="https://x.example/">link</a></p>'
    const messages = [{ text, textformat: 1 }]
    const [sent] = await ask<Row[]>(simulator(), keys, TO_CONVERSATION, { conversationid: 2, messages })
    const args = { currentuserid: 3, convid: 2, newest: true, limitnum: 1 }
    const read = await ask<{ messages: Row[] }>(
      simulator(),
      keys,
      'core_message_get_conversation_messages',
      args,
    )
    expect(read.messages[0]?.text).toContain('<b>bold</b>')
    expect(sent?.text).not.toBe(read.messages[0]?.text)
  })

  test('more than a thousand form variables are cut off in silence', async () => {
    const messages = Array.from({ length: 400 }, () => ({
      touserid: idOf('student20'),
      text: 'row',
      textformat: 2,
    }))
    const { body } = await rest(simulator(), 'teacher1', SEND, { messages })
    expect(body).toMatchObject({ errorcode: 'invalidparameter' })
    const whole = await ajax(simulator(), simulator().login('teacher1'), [
      { function: SEND, args: { messages } },
    ])
    expect(whole.body).toMatchObject([{ error: false }])
    expect(texts('teacher1', 'student20')).toHaveLength(400)
  })
})
