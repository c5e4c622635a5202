import { expect } from 'vitest'
import type { Stage, Writes } from './stage.ts'
import { messageTo, newestById } from './talk.ts'

const seenBy = async ({ aside, place }: Stage, who: 'teacher' | 'student1'): Promise<number[]> => {
  const messages = await newestById(aside(who), place[who], place.conversationId)
  return messages.map((message) => message.id)
}

export const messageWrites: Writes = {
  async core_message_send_instant_messages(stage) {
    const { as, place } = stage
    const messages = [{ touserid: place.student1, text: '<p>One</p>', textformat: 1, clientmsgid: 'k-1' }]
    const [row] = await as('teacher').call('core_message_send_instant_messages', { messages })
    expect(row).toMatchObject({
      clientmsgid: 'k-1',
      conversationid: place.conversationId,
      useridfrom: place.teacher,
    })
    expect(await seenBy(stage, 'student1')).toContain(row?.msgid)
  },
  async core_message_send_messages_to_conversation(stage) {
    const { as, place } = stage
    const messages = [{ text: '<p>A <b>bold</b> word</p>', textformat: 1 }]
    const conversationid = place.conversationId
    const [row] = await as('teacher').call('core_message_send_messages_to_conversation', {
      conversationid,
      messages,
    })
    const read = await newestById(stage.aside('student1'), place.student1, conversationid)
    const same = read.find((message) => message.id === row?.id)
    expect(same?.text).toBe('<p>A <b>bold</b> word</p>')
    // The answer is made of the message's plain part, so it is never the text of later reads.
    expect(row?.text).toContain('BOLD')
  },
  async core_message_delete_message(stage) {
    const { as, aside, place } = stage
    const { id } = await messageTo(aside('teacher'), place.student1, '<p>Gone on one side</p>')
    const gone = { messageid: id, userid: place.teacher }
    expect((await as('teacher').call('core_message_delete_message', gone)).status).toBe(true)
    expect(await seenBy(stage, 'teacher')).not.toContain(id)
    expect(await seenBy(stage, 'student1')).toContain(id)
    expect((await as('teacher').call('core_message_delete_message', gone)).status).toBe(false)
  },
  async core_message_delete_message_for_all_users(stage) {
    const { as, aside, place } = stage
    const { id } = await messageTo(aside('student1'), place.teacher, '<p>Not to be deleted</p>')
    const refused = as('student1').call('core_message_delete_message_for_all_users', {
      messageid: id,
      userid: place.student1,
    })
    await expect(refused).rejects.toMatchObject({
      kind: 'moodle',
      errorcode: expect.stringMatching(/permission/),
    })
    expect(await seenBy(stage, 'teacher')).toContain(id)
  },
}
