import { beforeEach, describe, expect, test } from 'vitest'
import { createClock } from '../moodle-simulator/time.ts'
import { running } from './running.ts'
import { ask, refusal } from './talk.ts'

const clock = createClock(() => 1_800_000_000_000)
const simulator = running({ clock })
const MESSAGES = 'core_message_get_conversation_messages'
type Page = {
  messages: { id: number; text: string; timecreated: number; timeread?: number; conversationid?: number }[]
}

const teacher = () => simulator().login('teacher1')
const conversation = (other: string) => simulator().conversationIdBetween('teacher1', other) ?? 0
const textsOf = (page: Page) => page.messages.map((message) => message.text.replace(/<[^>]*>/g, ''))
const read = (convid: number, args: object = {}) =>
  ask<Page>(simulator(), teacher(), MESSAGES, { currentuserid: 3, convid, ...args })

beforeEach(() => clock.advance(100))

describe('the one-second timefrom trap', () => {
  test('a message of this very second is not told yet, and is told a second later', async () => {
    simulator().say({ from: 'student30', to: 'teacher1', text: 'now' })
    const timefrom = clock.now() - 5
    expect(textsOf(await read(conversation('student30'), { timefrom }))).toEqual([])
    clock.advance(1)
    expect(textsOf(await read(conversation('student30'), { timefrom }))).toEqual(['now'])
  })

  test('the second that timefrom names is read again', async () => {
    simulator().say({ from: 'student31', to: 'teacher1', text: 'seen before' })
    const timefrom = clock.now()
    clock.advance(3)
    expect(textsOf(await read(conversation('student31'), { timefrom }))).toEqual(['seen before'])
  })

  test('asking from the current second on is an error of Moodle’s own', async () => {
    simulator().say({ from: 'student32', to: 'teacher1', text: 'now' })
    const args = { currentuserid: 3, convid: conversation('student32'), timefrom: clock.now() }
    expect((await refusal(simulator(), teacher(), MESSAGES, args)).errorcode).toBe('invalidresponse')
  })

  test('without timefrom the current second is told at once', async () => {
    simulator().say({ from: 'student37', to: 'teacher1', text: 'now' })
    expect(textsOf(await read(conversation('student37')))).toEqual(['now'])
  })
})

describe('order', () => {
  test('within one second the order turns when a limit cuts', async () => {
    for (const text of ['a', 'b', 'c']) simulator().say({ from: 'student33', to: 'teacher1', text })
    const convid = conversation('student33')
    expect(textsOf(await read(convid, { newest: true }))).toEqual(['a', 'b', 'c'])
    expect(textsOf(await read(convid, { newest: true, limitnum: 2 }))).toEqual(['c', 'b'])
  })
})

describe('core_message_get_messages', () => {
  const messages = (args: object, as = 'teacher1') =>
    ask<Page>(simulator(), simulator().login(as), 'core_message_get_messages', {
      type: 'conversations',
      ...args,
    })

  test('lists newest first, names no conversation, and takes read, unread or both', async () => {
    simulator().say({ from: 'student34', to: 'teacher2', text: 'older' })
    clock.advance(1)
    const newer = simulator().say({ from: 'student34', to: 'teacher2', text: 'newer' })
    const keys = simulator().login('teacher2')
    await ask(simulator(), keys, 'core_message_mark_message_read', { messageid: newer.id })
    expect(textsOf(await messages({ useridto: 4, read: 2 }, 'teacher2'))).toEqual(['newer', 'older'])
    expect(textsOf(await messages({ useridto: 4, read: 0 }, 'teacher2'))).toEqual(['older'])
    expect(textsOf(await messages({ useridto: 4, read: 1 }, 'teacher2'))).toEqual(['newer'])
    expect((await messages({ useridto: 4, read: 2 }, 'teacher2')).messages[0]).not.toHaveProperty(
      'conversationid',
    )
  })

  test('covers individual conversations only', async () => {
    simulator().sayIn(1, 'student1', 'to the group')
    expect(textsOf(await messages({ useridto: 3, read: 2 }))).not.toContain('to the group')
  })

  test('lists what was sent when only the sender is given', async () => {
    simulator().say({ from: 'teacher2', to: 'student35', text: 'sent' })
    expect(textsOf(await messages({ useridto: 0, useridfrom: 4, read: 2, limitnum: 1 }, 'teacher2'))).toEqual(
      ['sent'],
    )
  })

  test('takes deleted rows away after the limit, so that a page comes short', async () => {
    simulator().say({ from: 'student36', to: 'teacher2', text: 'stays' })
    clock.advance(1)
    const gone = simulator().say({ from: 'student36', to: 'teacher2', text: 'gone' })
    const keys = simulator().login('teacher2')
    await ask(simulator(), keys, 'core_message_delete_message', { messageid: gone.id, userid: 4 })
    expect(textsOf(await messages({ useridto: 4, read: 2, limitnum: 1 }, 'teacher2'))).toEqual([])
  })

  test('looks for unread ones among the newest only: those beyond the limit are not found', async () => {
    simulator().say({ from: 'student38', to: 'student39', text: 'unread' })
    clock.advance(1)
    const newer = simulator().say({ from: 'student38', to: 'student39', text: 'read' })
    const keys = simulator().login('student39')
    await ask(simulator(), keys, 'core_message_mark_message_read', { messageid: newer.id })
    expect(textsOf(await messages({ useridto: 43, read: 0, limitnum: 1 }, 'student39'))).toEqual([])
    expect(textsOf(await messages({ useridto: 43, read: 0, limitnum: 2 }, 'student39'))).toEqual(['unread'])
  })

  test('looks at the sender only where notifications are left out', async () => {
    simulator().say({ from: 'student1', to: 'student48', text: 'from one' })
    simulator().say({ from: 'student2', to: 'student48', text: 'from two' })
    const wanted = { useridto: 52, useridfrom: 5, read: 2 }
    expect(textsOf(await messages(wanted, 'student48'))).toEqual(['from one'])
    expect(textsOf(await messages({ ...wanted, type: 'both' }, 'student48'))).toEqual([
      'from one',
      'from two',
    ])
  })

  test('is refused about other people', async () => {
    const error = await refusal(simulator(), teacher(), 'core_message_get_messages', {
      useridto: 5,
      useridfrom: 6,
    })
    expect(error.errorcode).toBe('accessdenied')
  })
})
