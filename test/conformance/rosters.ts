import { expect, test } from 'vitest'
import { readParticipants } from '../../lib/dialogue/participants-table.ts'
import type { Params } from '../../lib/moodle/index.ts'
import type { Who } from './site.ts'
import type { Stage } from './stage.ts'

const NONE = 0
const ANY = 1
const STUDENT = 5

type Table = Params<'core_table_get_dynamic_table_content'>

export function participants(courseId: number, change: Partial<Table> = {}): Table {
  return {
    component: 'core_user',
    handler: 'participants',
    uniqueid: `user-index-participants-${courseId}`,
    sortdata: [{ sortby: 'lastname', sortorder: '4' }],
    filters: [{ name: 'courseid', jointype: ANY, values: [courseId] }],
    jointype: 2,
    firstinitial: '',
    lastinitial: '',
    pagenumber: 1,
    pagesize: 50,
    hiddencolumns: [],
    resetpreferences: false,
    ...change,
  }
}

async function table(
  { as, place }: Stage,
  who: Who,
  role?: { jointype: number; values: number[] },
  pagesize = 50,
) {
  const ofCourse = participants(place.courseId).filters
  const filters = role ? [...ofCourse, { name: 'roles', ...role }] : ofCourse
  const ask = participants(place.courseId, { filters, pagesize })
  const { html } = await as(who).call('core_table_get_dynamic_table_content', ask)
  return { ...readParticipants(html), html }
}

const idsOf = ({ rows }: { rows: { userId: number }[] }) => rows.map(({ userId }) => userId)

/** What a roster is made of. */
export function rosterTests(stage: () => Stage): void {
  test('the participants table tells a teacher roles and groups in ids, and when somebody was last there', async () => {
    const { place } = stage()
    const { rows, total, roleNames } = await table(stage(), 'teacher')
    expect(total).toBeGreaterThanOrEqual(3)
    const student = rows.find(({ userId }) => userId === place.student1)
    expect(student?.roleIds).toEqual([STUDENT])
    expect(student?.groupIds?.every(Number.isSafeInteger)).toBe(true)
    expect(student?.lastInCourse).toMatch(/\w/)
    expect(roleNames.get(STUDENT)).toMatch(/\w/)
  })

  test('it tells a student the same in words alone', async () => {
    const { place } = stage()
    const { rows, roleNames } = await table(stage(), 'student1')
    const student = rows.find(({ userId }) => userId === place.student1)
    expect(student).toMatchObject({ userId: place.student1, roles: expect.stringMatching(/\w/) })
    expect(student?.roleIds).toBeUndefined()
    expect(roleNames.size).toBe(0)
  })

  test('it filters by role, and by everything but a role', async () => {
    const { place } = stage()
    const students = await table(stage(), 'student1', { jointype: ANY, values: [STUDENT] })
    const others = await table(stage(), 'student1', { jointype: NONE, values: [STUDENT] })
    expect(idsOf(students)).toContain(place.student2)
    expect(idsOf(others)).toContain(place.teacher)
    expect(idsOf(others)).not.toContain(place.student2)
    expect(students.total + others.total).toBe((await table(stage(), 'student1')).total)
  })

  test('it is filled up with empty rows to the size asked for, so that size costs', async () => {
    const few = await table(stage(), 'student1', { jointype: NONE, values: [STUDENT] }, 20)
    const many = await table(stage(), 'student1', { jointype: NONE, values: [STUDENT] }, 200)
    expect(idsOf(many)).toEqual(idsOf(few))
    expect(many.html.length).toBeGreaterThan(few.html.length + 180 * 100)
  })

  test('member info answers a hundred people at once, and shows nobody whom there is not', async () => {
    const { as, place } = stage()
    const ask = (userids: number[]) =>
      as('teacher').call('core_message_get_member_info', { referenceuserid: place.teacher, userids })
    const hundred = Array.from({ length: 100 }, () => place.student1)
    expect((await ask(hundred)).map(({ id }) => id)).toContain(place.student1)
    // Moodle 4.5 falls over them; 4.4 does not.
    expect(await ask([NOBODY]).catch(() => [])).toEqual([])
  })
}

const NOBODY = 999_999_999
