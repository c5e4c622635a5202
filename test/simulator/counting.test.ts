import { describe, expect, test } from 'vitest'
import { running } from './running.ts'
import { ask, refusal, type SessionKeys } from './talk.ts'

const simulator = running()
const conversation = (other: string) => simulator().conversationIdBetween('teacher1', other) ?? 0

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
