import { describe, expect, test } from 'vitest'
import { running } from './running.ts'
import { ask, refusal } from './talk.ts'

const simulator = running()
const teacher = () => simulator().login('teacher1')
const conversation = (other: string) => simulator().conversationIdBetween('teacher1', other) ?? 0
type Page = { messages: { text: string }[] }
const textsOf = (page: Page) => page.messages.map((message) => message.text.replace(/<[^>]*>/g, ''))
const read = (convid: number) =>
  ask<Page>(simulator(), teacher(), 'core_message_get_conversation_messages', { currentuserid: 3, convid })

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
