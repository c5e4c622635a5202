import { expect } from 'vitest'
import type { Returns } from '../../lib/moodle/index.ts'
import type { Stage, Writes } from './stage.ts'
import { messageTo } from './talk.ts'

/** The conversation of teacher and first student, as the teacher sees it. */
function conversation({ aside, place }: Stage): Promise<Returns<'core_message_get_conversation'>> {
  return aside('teacher').call('core_message_get_conversation', {
    userid: place.teacher,
    conversationid: place.conversationId,
    includecontactrequests: false,
    includeprivacyinfo: false,
  })
}

const mine = ({ place }: Stage) => ({ userid: place.teacher, conversations: [place.conversationId] })
const muting = ({ place }: Stage) => ({ userid: place.teacher, conversationids: [place.conversationId] })

const unfavourite = (stage: Stage) =>
  stage
    .aside('teacher')
    .call('core_message_unset_favourite_conversations', mine(stage))
    .catch(() => undefined)

export const markWrites: Writes = {
  async core_message_set_favourite_conversations(stage) {
    await unfavourite(stage)
    await stage.as('teacher').call('core_message_set_favourite_conversations', mine(stage))
    await stage.as('teacher').call('core_message_set_favourite_conversations', mine(stage))
    expect((await conversation(stage)).isfavourite).toBe(true)
    await unfavourite(stage)
  },
  async core_message_unset_favourite_conversations(stage) {
    await stage.aside('teacher').call('core_message_set_favourite_conversations', mine(stage))
    await stage.as('teacher').call('core_message_unset_favourite_conversations', mine(stage))
    expect((await conversation(stage)).isfavourite).toBe(false)
    const again = stage.as('teacher').call('core_message_unset_favourite_conversations', mine(stage))
    await expect(again).rejects.toMatchObject({ kind: 'moodle' })
  },
  async core_message_mute_conversations(stage) {
    await stage.as('teacher').call('core_message_mute_conversations', muting(stage))
    expect((await conversation(stage)).ismuted).toBe(true)
    await stage.aside('teacher').call('core_message_unmute_conversations', muting(stage))
  },
  async core_message_unmute_conversations(stage) {
    await stage.aside('teacher').call('core_message_mute_conversations', muting(stage))
    await stage.as('teacher').call('core_message_unmute_conversations', muting(stage))
    expect((await conversation(stage)).ismuted).toBe(false)
  },
  async core_message_mark_message_read(stage) {
    const { as, aside, place } = stage
    const sent = await messageTo(aside('teacher'), place.student1, '<p>Please mark me</p>')
    const mark = () => as('student1').call('core_message_mark_message_read', { messageid: sent.id })
    expect(await mark()).toMatchObject({ messageid: sent.id, warnings: [] })
    await expect(mark()).rejects.toMatchObject({ kind: 'moodle', errorcode: 'invalidrecordunknown' })
    const { messages } = await aside('student1').call('core_message_get_messages', {
      useridto: place.student1,
      useridfrom: place.teacher,
      type: 'conversations',
      read: 1,
    })
    expect(messages.find((message) => message.id === sent.id)?.timeread).toBeGreaterThan(0)
  },
  async core_message_mark_all_conversation_messages_as_read(stage) {
    const { as, aside, place } = stage
    await messageTo(aside('teacher'), place.student1, '<p>Please mark all</p>')
    const all = { userid: place.student1, conversationid: place.conversationId }
    await as('student1').call('core_message_mark_all_conversation_messages_as_read', all)
    await as('student1').call('core_message_mark_all_conversation_messages_as_read', all)
    const unread = await aside('student1').call('core_message_get_messages', {
      useridto: place.student1,
      useridfrom: place.teacher,
      type: 'conversations',
      read: 0,
    })
    expect(unread.messages).toEqual([])
  },
}
