import { expect, test } from 'vitest'
import type { Stage } from './stage.ts'
import { messageTo } from './talk.ts'

async function counters({ as, place }: Stage) {
  const userid = place.student2
  const student = as('student2')
  const [unread, byType] = await Promise.all([
    student.call('core_message_get_unread_conversations_count', { useridto: userid }),
    student.call('core_message_get_unread_conversation_counts', { userid }),
  ])
  return { unread, byType }
}

async function unreadIds({ as, place }: Stage): Promise<number[]> {
  const { messages } = await as('student2').call('core_message_get_messages', {
    useridto: place.student2,
    useridfrom: place.teacher,
    type: 'conversations',
    read: 0,
  })
  return messages.map((message) => message.id)
}

/** Why unread is a set of message ids and not a counter. */
export function countingTests(stage: () => Stage): void {
  test('a second message in an unread conversation moves no counter, and is in the list of unread ones', async () => {
    const { as, aside, place } = stage()
    const send = () => messageTo(aside('teacher'), place.student2, '<p>Count me</p>')
    const { conversationid } = await send()
    const all = { userid: place.student2, conversationid }
    await as('student2').call('core_message_mark_all_conversation_messages_as_read', all)
    const none = await counters(stage())
    const first = await send()
    const one = await counters(stage())
    const second = await send()
    const two = await counters(stage())
    expect(one.unread).toBe(none.unread + 1)
    expect(two).toEqual(one)
    expect(await unreadIds(stage())).toEqual(expect.arrayContaining([first.id, second.id]))
  })

  test('a favourite is counted as one and no longer in its type', async () => {
    const { as, place } = stage()
    const count = () => as('teacher').call('core_message_get_conversation_counts', { userid: place.teacher })
    const favourite = { userid: place.teacher, conversations: [place.conversationId] }
    const before = await count()
    await as('teacher').call('core_message_set_favourite_conversations', favourite)
    const after = await count()
    await as('teacher').call('core_message_unset_favourite_conversations', favourite)
    expect(after.favourites).toBe(before.favourites + 1)
    expect(after.types[1]).toBe(before.types[1] - 1)
  })

  test('an unread message deleted on one’s own side goes on being counted', async () => {
    const { as, aside, place } = stage()
    const { id, conversationid } = await messageTo(aside('teacher'), place.student2, '<p>A ghost</p>')
    const all = { userid: place.student2, conversationid }
    await as('student2').call('core_message_mark_all_conversation_messages_as_read', all)
    const before = await counters(stage())
    const ghost = await messageTo(aside('teacher'), place.student2, '<p>A ghost</p>')
    const own = { messageid: ghost.id, userid: place.student2 }
    await as('student2').call('core_message_delete_message', own)
    expect((await counters(stage())).unread).toBe(before.unread + 1)
    expect(await unreadIds(stage())).not.toContain(ghost.id)
    expect(await unreadIds(stage())).not.toContain(id)
    await as('student2').call('core_message_mark_all_conversation_messages_as_read', all)
  })
}
