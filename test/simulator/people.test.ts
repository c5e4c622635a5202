import { describe, expect, test } from 'vitest'
import { running } from './running.ts'
import { ask, refusal, rest } from './talk.ts'

const simulator = running()
const as = (who: string) => simulator().login(who)
type Named = { id: number; fullname: string }

describe('who is in a course', () => {
  test('the roster answers students too, knows no groups, and includes suspended people', async () => {
    simulator().suspendEnrolment(2, 'student5')
    simulator().setGroupMode(2, 1)
    const roster = (args: object) =>
      ask<{ users: Named[] }>(simulator(), as('student1'), 'core_course_get_enrolled_users_by_cmid', {
        cmid: 3,
        ...args,
      })
    const ids = (await roster({})).users.map((user) => user.id)
    expect(ids).toContain(9)
    expect(ids).toContain(25)
    expect((await roster({ onlyactive: true })).users.map((user) => user.id)).not.toContain(9)
    simulator().suspendEnrolment(2, 'student5', false)
    simulator().setGroupMode(2, 0)
  })

  test('the participants table filters by role', async () => {
    const table = await ask<{ html: string }>(
      simulator(),
      as('student1'),
      'core_table_get_dynamic_table_content',
      {
        component: 'core_user',
        handler: 'participants',
        uniqueid: 'user-index-participants-2',
        sortdata: [],
        filters: [
          { name: 'courseid', jointype: 1, values: [2] },
          { name: 'roles', jointype: 1, values: [3, 4] },
        ],
        jointype: 2,
        firstinitial: '',
        lastinitial: '',
        pagenumber: 1,
        pagesize: 20,
        hiddencolumns: [],
        resetpreferences: false,
      },
    )
    expect([...table.html.matchAll(/id="user(\d+)"/g)].map((found) => found[1])).toEqual(['3', '4'])
  })

  test('an assignment’s participants carry groups and submission state, for teachers only', async () => {
    simulator().setSubmission(1, 'student1', {
      submitted: true,
      requiregrading: true,
      grantedextension: false,
      submissionstatus: 'submitted',
    })
    const args = { assignid: 1, groupid: 0, filter: '', limit: 1 }
    const rows = await ask(simulator(), as('teacher1'), 'mod_assign_list_participants', args)
    expect(rows).toMatchObject([{ id: 5, submitted: true, groups: [{ name: 'Group A' }] }])
    const error = await refusal(simulator(), as('student1'), 'mod_assign_list_participants', args)
    expect(error.errorcode).toBe('nopermissions')
  })

  test('groups are refused to students, and the selector is empty without a group mode', async () => {
    const error = await refusal(simulator(), as('student1'), 'core_group_get_course_groups', { courseid: 2 })
    expect(error).toMatchObject({ errorcode: 'nopermissions', link: {} })
    const selector = () =>
      ask<{ groups: { name: string }[] }>(simulator(), as('student1'), 'core_group_get_groups_for_selector', {
        courseid: 2,
      })
    expect((await selector()).groups).toEqual([])
    simulator().setGroupMode(2, 1)
    expect((await selector()).groups.map((group) => group.name)).toEqual(['Group A'])
    simulator().setGroupMode(2, 0)
  })

  test('a course that one is not in is not accessible', async () => {
    simulator().school.courses.get(3)?.enrolments.delete(30)
    simulator().school.coursesOf.get(30)?.delete(3)
    const error = await refusal(simulator(), as('student26'), 'core_courseformat_get_state', { courseid: 3 })
    expect(error.errorcode).toBe('requireloginerror')
  })
})

describe('contacts', () => {
  test('a request is made, counted, confirmed, and opens the way', async () => {
    simulator().setPrivacy('student2', 1)
    const pair = { userid: 5, requesteduserid: 6 }
    await ask(simulator(), as('student1'), 'core_message_create_contact_request', pair)
    const name = 'core_message_get_received_contact_requests_count'
    expect(await ask(simulator(), as('student2'), name, { userid: 6 })).toBe(1)
    await ask(simulator(), as('student2'), 'core_message_confirm_contact_request', pair)
    const info = await ask<object[]>(simulator(), as('student1'), 'core_message_get_member_info', {
      referenceuserid: 5,
      userids: [6],
      includeprivacyinfo: true,
    })
    expect(info).toMatchObject([{ iscontact: true, canmessage: true, requirescontact: true }])
  })

  test('blocking a teacher does nothing and says nothing', async () => {
    const keys = as('student3')
    await ask(simulator(), keys, 'core_message_block_user', { userid: 7, blockeduserid: 3 })
    const args = { referenceuserid: 7, userids: [3], includeprivacyinfo: true }
    const info = await ask<object[]>(simulator(), keys, 'core_message_get_member_info', args)
    expect(info).toMatchObject([{ isblocked: false, canmessageevenifblocked: true }])
  })
})

describe('preferences and notes', () => {
  test('only declared preferences can be written', async () => {
    const preferences = [
      { name: 'message_entertosend', value: '0', userid: 3 },
      { name: 'aside_anything', value: '1', userid: 3 },
    ]
    const answer = await ask<object>(simulator(), as('teacher1'), 'core_user_set_user_preferences', {
      preferences,
    })
    expect(answer).toMatchObject({
      saved: [{ name: 'message_entertosend' }],
      warnings: [{ warningcode: 'nopermission' }],
    })
    expect(simulator().user('teacher1').preferences.has('aside_anything')).toBe(false)
  })

  test('a colleague may delete one’s note', async () => {
    const notes = [{ userid: 3, publishstate: 'course', courseid: 2, text: 'mine' }]
    const [made] = await ask<{ noteid: number }[]>(simulator(), as('teacher1'), 'core_notes_create_notes', {
      notes,
    })
    const { body } = await rest(simulator(), 'teacher2', 'core_notes_delete_notes', { notes: [made?.noteid] })
    expect(body).toEqual([])
    expect(simulator().school.notes.size).toBe(0)
  })

  test('a student has no notes', async () => {
    const { body } = await rest(simulator(), 'student1', 'core_notes_get_course_notes', { courseid: 2 })
    expect(body).toMatchObject({ errorcode: 'nopermissions' })
  })
})

describe('notifications', () => {
  test('are counted, listed newest first, and marked', async () => {
    const id = simulator().notify('teacher1', 'New post', { component: 'mod_dialogue', eventtype: 'post' })
    const keys = as('teacher1')
    const list = await ask<{ unreadcount: number; notifications: { id: number; component: string }[] }>(
      simulator(),
      keys,
      'message_popup_get_popup_notifications',
      { useridto: 3 },
    )
    expect(list).toMatchObject({ unreadcount: 1, notifications: [{ id, component: 'mod_dialogue' }] })
    await ask(simulator(), keys, 'core_message_mark_notification_read', { notificationid: id })
    const count = 'message_popup_get_unread_popup_notification_count'
    expect(await ask(simulator(), keys, count, { useridto: 3 })).toBe(0)
  })
})

describe('simulated students', () => {
  test('answer what a teacher sends, inside the same dialogue', async () => {
    const stop = simulator().autoAnswer({ afterMs: 1, texts: ['Thank you!'] })
    const href = `${simulator().wwwroot}/course/view.php?id=2#dialogue=k3f9a0qm2xtb&amp;m=p7d2w8zr41ch&amp;do=open&amp;course=2`
    const text = `<p>Hello</p><p><a href="${href}">Essay 1</a></p>`
    simulator().say({ from: 'teacher1', to: 'student8', text })
    const answer = await until(() => simulator().messagesBetween('teacher1', 'student8')[1])
    stop()
    expect(answer.text).toMatch(/^<p>Thank you!<\/p>/)
    expect(answer.text).toMatch(
      /#dialogue=k3f9a0qm2xtb&amp;m=auto\w{8}&amp;do=reply&amp;course=2">Re: Essay 1<\/a><\/p>$/,
    )
  })
})

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    await new Promise((resolve) => setImmediate(resolve))
  }
}
