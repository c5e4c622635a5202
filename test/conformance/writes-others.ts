import { expect } from 'vitest'
import type { Stage, Writes } from './stage.ts'
import { ask } from './talk.ts'

const name = 'message_entertosend'

async function entersToSend({ aside, place }: Stage): Promise<boolean> {
  const answer = await aside('teacher').call('core_message_get_user_message_preferences', {
    userid: place.teacher,
  })
  return answer.entertosend
}

async function notedIds({ aside, place }: Stage): Promise<number[]> {
  const answer = await ask(aside('teacher'), 'core_notes_get_course_notes', {
    courseid: place.courseId,
    userid: place.student1,
  })
  return (answer.personalnotes ?? []).map((note) => note.id)
}

const note = ({ place }: Stage) => ({
  notes: [
    {
      userid: place.student1,
      courseid: place.courseId,
      publishstate: 'personal',
      text: 'Well done',
      format: 2,
    },
  ],
})

export const otherWrites: Writes = {
  async core_notes_create_notes(stage) {
    const [row] = await stage.as('teacher').call('core_notes_create_notes', note(stage))
    expect(await notedIds(stage)).toContain(row?.noteid)
    await ask(stage.aside('teacher'), 'core_notes_delete_notes', { notes: [row?.noteid ?? 0] })
  },
  async core_notes_delete_notes(stage) {
    const [row] = await stage.aside('teacher').call('core_notes_create_notes', note(stage))
    await ask(stage.as('teacher'), 'core_notes_delete_notes', { notes: [row?.noteid ?? 0] })
    expect(await notedIds(stage)).not.toContain(row?.noteid)
  },
  async core_user_set_user_preferences(stage) {
    const before = await entersToSend(stage)
    const { teacher: userid } = stage.place
    const setTo = (value: boolean) => ({ preferences: [{ name, value: value ? '1' : '0', userid }] })
    const answer = await stage.as('teacher').call('core_user_set_user_preferences', setTo(!before))
    expect(answer.saved).toEqual([{ name, userid }])
    expect(await entersToSend(stage)).toBe(!before)
    await stage.aside('teacher').call('core_user_set_user_preferences', setTo(before))
    expect(await entersToSend(stage)).toBe(before)
  },
  async core_user_update_user_preferences(stage) {
    const before = await entersToSend(stage)
    const { teacher: userid } = stage.place
    const setTo = (value: boolean) => ({ userid, preferences: [{ type: name, value: value ? '1' : '0' }] })
    await stage.as('teacher').call('core_user_update_user_preferences', setTo(!before))
    expect(await entersToSend(stage)).toBe(!before)
    await stage.aside('teacher').call('core_user_update_user_preferences', setTo(before))
  },
  async core_message_mark_notification_read(stage) {
    const { student2: useridto } = stage.place
    const popup = { useridto, limit: 1, newestfirst: true }
    const before = await stage.aside('student2').call('message_popup_get_popup_notifications', popup)
    const [notification] = before.notifications
    if (!notification) return
    const notificationid = notification.id
    const answer = await stage.as('student2').call('core_message_mark_notification_read', { notificationid })
    expect(answer.notificationid).toBe(notificationid)
    const after = await stage.aside('student2').call('message_popup_get_popup_notifications', popup)
    expect(after.notifications[0]).toMatchObject({ id: notificationid, read: true })
  },
  /** Only those of 1970: nothing of the person's is touched. */
  async core_message_mark_all_notifications_as_read(stage) {
    const answer = await stage.as('student2').call('core_message_mark_all_notifications_as_read', {
      useridto: stage.place.student2,
      timecreatedto: 1,
    })
    expect(answer).toBe(true)
  },
  async tool_mobile_call_external_functions(stage) {
    const count = { useridto: stage.place.teacher }
    const { responses } = await ask(stage.as('teacher'), 'tool_mobile_call_external_functions', {
      requests: [
        { function: 'core_message_get_unread_conversations_count', arguments: JSON.stringify(count) },
        { function: 'core_message_get_conversation_messages', arguments: '{}' },
        { function: 'core_message_get_unread_conversations_count', arguments: JSON.stringify(count) },
      ],
    })
    expect(responses.map((response) => response.error)).toEqual([false, true])
  },
}
