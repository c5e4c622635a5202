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

  test('without timefrom the current second is told at once', async () => {
    simulator().say({ from: 'student32', to: 'teacher1', text: 'now' })
    expect(textsOf(await read(conversation('student32')))).toEqual(['now'])
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
  const list = (args: object, as = 'teacher1') =>
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
    expect(textsOf(await list({ useridto: 4, read: 2 }, 'teacher2'))).toEqual(['newer', 'older'])
    expect(textsOf(await list({ useridto: 4, read: 0 }, 'teacher2'))).toEqual(['older'])
    expect(textsOf(await list({ useridto: 4, read: 1 }, 'teacher2'))).toEqual(['newer'])
    expect((await list({ useridto: 4, read: 2 }, 'teacher2')).messages[0]).not.toHaveProperty(
      'conversationid',
    )
  })

  test('covers individual conversations only', async () => {
    simulator().sayIn(1, 'student1', 'to the group')
    expect(textsOf(await list({ useridto: 3, read: 2 }))).not.toContain('to the group')
  })

  test('lists what was sent when only the sender is given', async () => {
    simulator().say({ from: 'teacher2', to: 'student35', text: 'sent' })
    expect(textsOf(await list({ useridto: 0, useridfrom: 4, read: 2, limitnum: 1 }, 'teacher2'))).toEqual([
      'sent',
    ])
  })

  test('takes deleted rows away after the limit, so that a page comes short', async () => {
    simulator().say({ from: 'student36', to: 'teacher2', text: 'stays' })
    clock.advance(1)
    const gone = simulator().say({ from: 'student36', to: 'teacher2', text: 'gone' })
    const keys = simulator().login('teacher2')
    await ask(simulator(), keys, 'core_message_delete_message', { messageid: gone.id, userid: 4 })
    expect(textsOf(await list({ useridto: 4, read: 2, limitnum: 1 }, 'teacher2'))).toEqual([])
  })

  test('is refused about other people', async () => {
    const error = await refusal(simulator(), teacher(), 'core_message_get_messages', {
      useridto: 5,
      useridfrom: 6,
    })
    expect(error.errorcode).toBe('accessdenied')
  })
})

describe('counters', () => {
  const counts = (as: string, userid: number) =>
    ask<{ favourites: number; types: Record<string, number> }>(
      simulator(),
      simulator().login(as),
      'core_message_get_unread_conversation_counts',
      { userid },
    )
  const total = (as: string, useridto: number) =>
    ask<number>(simulator(), simulator().login(as), 'core_message_get_unread_conversations_count', {
      useridto,
    })

  test('do not move when a second message comes into an unread conversation', async () => {
    simulator().say({ from: 'teacher1', to: 'student40', text: 'one' })
    const before = [await counts('student40', 44), await total('student40', 44)]
    simulator().say({ from: 'teacher1', to: 'student40', text: 'two' })
    expect([await counts('student40', 44), await total('student40', 44)]).toEqual(before)
    expect(before[1]).toBe(1)
  })

  test('go on counting an unread message that was deleted: a ghost', async () => {
    const message = simulator().say({ from: 'teacher1', to: 'student41', text: 'gone' })
    const keys = simulator().login('student41')
    await ask(simulator(), keys, 'core_message_delete_message', { messageid: message.id, userid: 45 })
    expect(await total('student41', 45)).toBe(1)
    const list = await ask<{ conversations: { type: number }[] }>(
      simulator(),
      keys,
      'core_message_get_conversations',
      {
        userid: 45,
      },
    )
    expect(list.conversations.filter((row) => row.type === 1)).toEqual([])
  })

  test('leave favourites out of their type', async () => {
    simulator().say({ from: 'teacher1', to: 'student42', text: 'x' })
    const conversations = [conversation('student42')]
    const keys = simulator().login('student42')
    await ask(simulator(), keys, 'core_message_set_favourite_conversations', { userid: 46, conversations })
    expect(await counts('student42', 46)).toEqual({ favourites: 1, types: { 1: 0, 2: 0, 3: 0 } })
  })

  test('marking one message leaves the other unread', async () => {
    const first = simulator().say({ from: 'teacher1', to: 'student43', text: 'x' })
    simulator().say({ from: 'teacher1', to: 'student43', text: 'y' })
    await ask(simulator(), simulator().login('student43'), 'core_message_mark_message_read', {
      messageid: first.id,
    })
    expect(await total('student43', 47)).toBe(1)
  })
})

describe('deleting and searching', () => {
  type Hits = { contacts: { messageid: number; sentfromcurrentuser: boolean; conversationid: number }[] }
  const search = (as: string, text: string) =>
    ask<Hits>(simulator(), simulator().login(as), 'core_message_data_for_messagearea_search_messages', {
      userid: simulator().user(as).id,
      search: text,
    })
  const linked = (key: string) =>
    `<p>x</p><p><a href="http://m.example/#dialogue=abc&amp;m=${key}">Essay</a></p>`

  test('finds a key in a link target, for the sender and for the recipient', async () => {
    const message = simulator().say({ from: 'teacher1', to: 'student50', text: linked('k3yk3yk3yk3y') })
    const sent = await search('teacher1', 'm=k3yk3yk3yk3y')
    expect(sent.contacts).toMatchObject([
      { messageid: message.id, sentfromcurrentuser: true, conversationid: message.conversationid },
    ])
    expect((await search('student50', 'm=k3yk3yk3yk3y')).contacts).toMatchObject([
      { sentfromcurrentuser: false },
    ])
  })

  test('loses what was deleted on one’s own side, and only there', async () => {
    const message = simulator().say({ from: 'teacher1', to: 'student51', text: linked('gonegonegone') })
    await ask(simulator(), teacher(), 'core_message_delete_message', { messageid: message.id, userid: 3 })
    expect((await search('teacher1', 'gonegonegone')).contacts).toEqual([])
    expect((await search('student51', 'gonegonegone')).contacts).toHaveLength(1)
  })

  test('takes no wildcards', async () => {
    simulator().say({ from: 'teacher1', to: 'student52', text: 'fifty percent' })
    expect((await search('teacher1', 'fifty%percent')).contacts).toEqual([])
  })

  test('a deletion is not reported in later reads: the message is simply missing', async () => {
    const message = simulator().say({ from: 'student53', to: 'teacher1', text: 'x' })
    simulator().say({ from: 'student53', to: 'teacher1', text: 'y' })
    await ask(simulator(), teacher(), 'core_message_delete_message', { messageid: message.id, userid: 3 })
    expect(textsOf(await read(conversation('student53')))).toEqual(['y'])
  })

  test('a student may not delete for everyone; an administrator may', async () => {
    const message = simulator().say({ from: 'student54', to: 'teacher1', text: 'x' })
    const name = 'core_message_delete_message_for_all_users'
    const keys = simulator().login('student54')
    const error = await refusal(simulator(), keys, name, { messageid: message.id, userid: 58 })
    expect(error.errorcode).toBe('You do not have permission to delete this message for everyone.')
    await ask(simulator(), simulator().login('admin'), name, { messageid: message.id, userid: 2 })
    expect(textsOf(await read(conversation('student54')))).toEqual([])
  })
})
