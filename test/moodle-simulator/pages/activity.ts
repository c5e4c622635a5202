import { isTeacherIn } from '../permission.ts'
import { fullname } from '../state.ts'
import type { Course, CourseModule, Discussion } from '../types.ts'
import { h, layout, type Page, type Visit } from './layout.ts'

type Opened = { visit: Visit; course: Course; cm: CourseModule }

const frame = ({
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
    return `<a class="btn btn-primary" href="${state.wwwroot}/mod/assign/view.php?id=${cm.id}&amp;action=grader">Grade</a>`
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

/** The assignment's grader: for students it is an error, so `undefined`. */
export function graderPage(opened: Opened, userid: number): string | undefined {
  const { visit, course, cm } = opened
  const { state } = visit.world
  if (!isTeacherIn(state, course.id, visit.user.id)) return undefined
  const students = [...course.enrolments.values()].filter((row) => row.role === 'student')
  const at = Math.max(
    0,
    students.findIndex((row) => row.userid === userid),
  )
  const student = state.users.get(students[at]?.userid ?? 0)
  const next = students[at + 1]?.userid
  return layout(visit, {
    ...frame(opened),
    title: `${course.shortname}: ${cm.name}: Grading`,
    heading: cm.name,
    bodyId: 'page-mod-assign-grader',
    layout: 'embedded',
    main:
      `<div data-region="grade" data-assignmentid="${cm.instance}" data-first-userid="${student?.id ?? 0}"><div data-region="grading-navigation-panel"><div data-region="user-info" data-userid="${student?.id ?? 0}"><h4><a href="${state.wwwroot}/user/view.php?id=${student?.id}&amp;course=${course.id}">${h(student ? fullname(student) : '')}</a></h4></div>` +
      `<button class="btn" type="button" data-action="next-user" data-next="${next ?? ''}" onclick="history.replaceState(null,'','${state.wwwroot}/mod/assign/view.php?id=${cm.id}&amp;action=grader&amp;userid=${next ?? student?.id}')">Next user</button></div></div>`,
  })
}

export function discussionPage(opened: Opened, discussion: Discussion): string {
  const { visit } = opened
  const posts = discussion.posts.map((post) => {
    const author = visit.world.state.users.get(post.userid)
    return (
      `<article id="p${post.id}" class="forum-post-container${post.parent > 0 ? ' reply' : ''}" data-post-id="${post.id}" data-region="post"><h3 data-region-content="forum-post-core-subject">${h(post.subject)}</h3>` +
      `<div class="author">by <a href="${visit.world.state.wwwroot}/user/view.php?id=${post.userid}&amp;course=${opened.course.id}">${h(author ? fullname(author) : '')}</a></div><div class="post-content-container"><p>${h(post.message)}</p></div></article>`
    )
  })
  return layout(visit, {
    ...frame(opened),
    title: `${opened.course.shortname}: ${discussion.name}`,
    heading: discussion.name,
    bodyId: 'page-mod-forum-discuss',
    drawer: true,
    main: `<div id="discussion-container" data-content="forum-discussion" data-discussion-id="${discussion.id}">${posts.join('')}</div>`,
  })
}
