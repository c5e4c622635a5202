import { isTeacherIn } from '../permission.ts'
import type { Course, CourseModule } from '../types.ts'
import { h, layout, type Page, type Visit } from './layout.ts'

export type Opened = { visit: Visit; course: Course; cm: CourseModule }

export const frame = ({
  visit,
  course,
  cm,
}: Opened): Pick<Page, 'classes' | 'layout' | 'course' | 'cm' | 'crumbs'> => ({
  classes: `limitedwidth path-mod path-mod-${cm.modname}`,
  layout: 'incourse',
  course,
  cm,
  crumbs: [[course.shortname, `${visit.world.state.wwwroot}/course/view.php?id=${course.id}`], [cm.name]],
})

function content({ visit, course, cm }: Opened): string {
  const { state } = visit.world
  if (cm.modname === 'forum') return discussions(visit, cm)
  if (cm.modname === 'assign' && isTeacherIn(state, course.id, visit.user.id)) {
    const address = `${state.wwwroot}/mod/assign/view.php?id=${cm.id}&amp;action=`
    return `<a class="btn" href="${address}grading">View all submissions</a> <a class="btn btn-primary" href="${address}grader">Grade</a>`
  }
  return cm.modname === 'assign' ? '<p>No submissions have been made yet.</p>' : ''
}

function discussions({ world }: Visit, cm: CourseModule): string {
  const rows = [...world.state.discussions.values()].filter((row) => row.forum === cm.id)
  const body = rows.map(
    (row) =>
      `<tr class="discussion" data-discussionid="${row.id}"><th class="topic" scope="row"><a href="${world.state.wwwroot}/mod/forum/discuss.php?d=${row.id}">${h(row.name)}</a></th><td>${row.posts.length - 1}</td></tr>`,
  )
  return `<table class="generaltable discussion-list"><thead><tr><th>Discussion</th><th>Replies</th></tr></thead><tbody>${body.join('')}</tbody></table>`
}

export function modulePage(opened: Opened): string {
  const { visit, cm } = opened
  return layout(visit, {
    ...frame(opened),
    title: `${opened.course.shortname}: ${cm.name}`,
    heading: cm.name,
    bodyId: `page-mod-${cm.modname}-view`,
    drawer: true,
    main: `<div class="activity-header" data-for="page-activity-header"><div class="activity-description" id="intro"><p>${h(cm.intro)}</p></div></div>${content(opened)}`,
  })
}
