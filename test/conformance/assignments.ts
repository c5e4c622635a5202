import { expect, test } from 'vitest'
import type { Stage } from './stage.ts'
import { ask } from './talk.ts'

/** What "has not submitted" and due dates are made of. */
export function assignmentTests(stage: () => Stage): void {
  test('who is to hand in is told by an assignment’s own id, and when it is due for each who is not filtered out', async (context) => {
    const { as, aside, place } = stage()
    if (place.module !== 'assign') return context.skip()
    const assignid = place.instance
    const { courses } = await ask(aside('teacher'), 'mod_assign_get_assignments', {
      courseids: [place.courseId],
    })
    const all = courses.flatMap(({ assignments }) => assignments)
    const due = all.find(({ cmid }) => cmid === place.cmid)?.duedate
    expect(all.find(({ cmid }) => cmid === place.cmid)?.id).toBe(assignid)
    const people = await as('teacher').call('mod_assign_list_participants', {
      assignid,
      groupid: 0,
      filter: '',
    })
    expect(people.map(({ id }) => id)).toContain(place.student1)
    const dates = await Promise.all(
      people.slice(0, 3).map(async ({ id: userid }) => {
        const about = { assignid, userid, embeduser: false }
        return (await as('teacher').call('mod_assign_get_participant', about)).duedate
      }),
    )
    expect(dates).toContain(due)
  })

  test('the grader’s page names the assignment’s own id, where Aside looks for it', async (context) => {
    const { people, place, site } = stage()
    if (place.module !== 'assign') return context.skip()
    const address = `${site.wwwroot}/mod/assign/view.php?id=${place.cmid}&action=grader&userid=${place.student1}`
    const { html } = await people.teacher.browser.open(address)
    const info = /<[a-z]+ [^>]*data-region="user-info"[^>]*>/.exec(html)?.[0] ?? ''
    expect(/data-assignmentid="(\d+)"/.exec(info)?.[1]).toBe(String(place.instance))
  })
}
