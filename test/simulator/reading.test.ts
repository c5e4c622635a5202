import { beforeEach, describe, expect, test } from 'vitest'
import { createClock } from '../moodle-simulator/time.ts'
import { running } from './running.ts'
import { ask, refusal, type SessionKeys } from './talk.ts'

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

type Listed = { id: number; type: number; messages: { id: number }[] }
const list = (keys: SessionKeys, args: object) =>
  ask<{ conversations: Listed[] }>(simulator(), keys, 'core_message_get_conversations', args)
const individuals = async (keys: SessionKeys, userid: number) =>
  (await list(keys, { userid })).conversations.filter((row) => row.type === 1)

describe('the list of conversations', () => {
  const keys = () => simulator().login('student45')

  test('comes short, or empty, before its end: emptied conversations are left out after the limit', async () => {
    simulator().say({ from: 'teacher1', to: 'student45', text: 'stays' })
    const gone = simulator().say({ from: 'teacher2', to: 'student45', text: 'gone' })
    await ask(simulator(), keys(), 'core_message_delete_message', { messageid: gone.id, userid: 49 })
    const pages = [0, 1, 2].map((limitfrom) => list(keys(), { userid: 49, type: 1, limitfrom, limitnum: 1 }))
    expect((await Promise.all(pages)).map((page) => page.conversations.length)).toEqual([1, 0, 0])
  })

  test('shows a deleted message as the last one, if another of the same second is left', async () => {
    simulator().say({ from: 'teacher1', to: 'student46', text: 'stays' })
    const gone = simulator().say({ from: 'teacher1', to: 'student46', text: 'gone' })
    const own = simulator().login('student46')
    await ask(simulator(), own, 'core_message_delete_message', { messageid: gone.id, userid: 50 })
    expect(await individuals(own, 50)).toMatchObject([{ messages: [{ id: gone.id }] }])
  })

  test('has no message where the last one is empty', async () => {
    simulator().say({ from: 'teacher1', to: 'student47', text: '' })
    expect(await individuals(simulator().login('student47'), 51)).toMatchObject([{ messages: [] }])
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

  test('disagree about an unread message that was deleted: one shows a ghost', async () => {
    const message = simulator().say({ from: 'teacher1', to: 'student41', text: 'gone' })
    const keys = simulator().login('student41')
    await ask(simulator(), keys, 'core_message_delete_message', { messageid: message.id, userid: 45 })
    expect(await total('student41', 45)).toBe(1)
    expect((await counts('student41', 45)).types).toEqual({ 1: 0, 2: 0, 3: 0 })
    expect(await individuals(keys, 45)).toEqual([])
  })

  test('leave favourites out of their type', async () => {
    simulator().say({ from: 'teacher1', to: 'student42', text: 'x' })
    const conversations = [conversation('student42')]
    const keys = simulator().login('student42')
    await ask(simulator(), keys, 'core_message_set_favourite_conversations', { userid: 46, conversations })
    expect(await counts('student42', 46)).toEqual({ favourites: 1, types: { 1: 0, 2: 0, 3: 0 } })
  })

  test('marking a message twice is an error, which would stop a batch', async () => {
    const { id: messageid } = simulator().say({ from: 'teacher1', to: 'student44', text: 'x' })
    const keys = simulator().login('student44')
    await ask(simulator(), keys, 'core_message_mark_message_read', { messageid })
    const error = await refusal(simulator(), keys, 'core_message_mark_message_read', { messageid })
    expect(error.errorcode).toBe('invalidrecordunknown')
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

  test('takes % and _ as wildcards', async () => {
    simulator().say({ from: 'teacher1', to: 'student52', text: 'fifty percent' })
    expect((await search('teacher1', 'fifty%percent')).contacts).toHaveLength(1)
    expect((await search('teacher1', 'f_fty percent')).contacts).toHaveLength(1)
    expect((await search('teacher1', 'f.fty percent')).contacts).toEqual([])
  })

  test('finds group messages, and counts a row for each member against the limit', async () => {
    simulator().say({ from: 'teacher1', to: 'student52', text: 'for the whole group too' })
    simulator().sayIn(1, 'teacher1', 'for the whole group')
    const args = { userid: 3, search: 'for the whole group', limitnum: 5 }
    const name = 'core_message_data_for_messagearea_search_messages'
    expect((await ask<Hits>(simulator(), teacher(), name, args)).contacts).toHaveLength(1)
    expect((await search('teacher1', 'for the whole group')).contacts).toHaveLength(2)
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
