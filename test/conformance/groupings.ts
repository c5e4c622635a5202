import { expect, test } from 'vitest'
import type { Stage } from './stage.ts'
import { ask } from './talk.ts'

const NOBODY = 999_999_999

/** What a rule for a grouping is made of; over a token only. */
export function groupingTests(stage: () => Stage): void {
  test('groups of another person that belong to a grouping are told to who manages groups, and to no student', async () => {
    const { aside, place } = stage()
    const about = { courseid: place.courseId, userid: place.student1 }
    const groupings = await ask(aside('teacher'), 'core_group_get_course_groupings', {
      courseid: place.courseId,
    })
    expect(groupings.every(({ courseid }) => courseid === place.courseId)).toBe(true)
    const all = await ask(aside('teacher'), 'core_group_get_course_user_groups', about)
    const own = new Set(all.groups.map(({ id }) => id))
    for (const { id: groupingid } of groupings) {
      const some = await ask(aside('teacher'), 'core_group_get_course_user_groups', { ...about, groupingid })
      expect(some.groups.every(({ id }) => own.has(id))).toBe(true)
    }
    const none = { ...about, groupingid: NOBODY }
    expect((await ask(aside('teacher'), 'core_group_get_course_user_groups', none)).groups).toEqual([])
    expect(await ask(aside('student2'), 'core_group_get_course_user_groups', about)).toMatchObject({
      groups: [],
      warnings: [{ warningcode: 'cannotmanagegroups' }],
    })
  })
}
