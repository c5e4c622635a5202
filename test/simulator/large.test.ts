import { expect, test } from 'vitest'
import { startSimulator } from '../moodle-simulator/index.ts'
import { ask } from './talk.ts'

test('a large school answers quickly', async () => {
  const simulator = await startSimulator({
    conversations: 1000,
    messagesPerConversation: 6,
    longest: 2000,
    seed: 7,
  })
  const keys = simulator.login('teacher1')
  const slowest: [string, number][] = []
  const timed = async <T>(name: string, args: object): Promise<T> => {
    const start = performance.now()
    const answer = await ask<T>(simulator, keys, name, args)
    slowest.push([name, performance.now() - start])
    return answer
  }
  const list = await timed<{ conversations: unknown[] }>('core_message_get_conversations', {
    userid: 3,
    limitnum: 50,
  })
  const page = {
    currentuserid: 3,
    convid: simulator.conversationIdBetween('teacher1', 'student1'),
    newest: true,
    limitnum: 100,
  }
  const newest = await timed<{ messages: unknown[] }>('core_message_get_conversation_messages', page)
  await timed('core_message_get_messages', { useridto: 3, type: 'conversations', read: 0, limitnum: 50 })
  await timed('core_message_get_unread_conversation_counts', { userid: 3 })
  const search = { userid: 3, search: 'm=nothing' }
  await timed('core_message_data_for_messagearea_search_messages', search)
  await timed('core_course_get_enrolled_users_by_cmid', { cmid: 3 })
  await simulator.close()
  expect(list.conversations).toHaveLength(50)
  expect(newest.messages).toHaveLength(100)
  expect(slowest.filter(([, ms]) => ms > 1000)).toEqual([])
})

test('the same seed makes the same words', async () => {
  const texts = async (seed: number) => {
    const simulator = await startSimulator({ conversations: 3, seed })
    const found = simulator.messagesBetween('teacher1', 'student2').map((message) => message.text)
    await simulator.close()
    return found
  }
  expect(await texts(5)).toEqual(await texts(5))
  expect(await texts(5)).not.toEqual(await texts(6))
})
