import { isTeacherIn } from '../permission.ts'
import { fullname } from '../state.ts'
import { type Course, roleNames, type User } from '../types.ts'
import { courseTabs } from './course.ts'
import { h, initials, layout, type Visit } from './layout.ts'

function participantRow(visit: Visit, course: Course, user: User, at: number): string {
  const { wwwroot } = visit.world.state
  const href = `${wwwroot}/user/view.php?id=${user.id}&amp;course=${course.id}`
  const role = course.enrolments.get(user.id)?.role
  const cell = (tag: 'td' | 'th', n: number, inner: string) =>
    `<${tag} class="cell c${n}"${tag === 'th' ? ' scope="row"' : ''}>${inner}</${tag}>`
  return (
    `<tr id="user-index-participants-${course.id}_r${at}">` +
    cell(
      'td',
      0,
      `<input type="checkbox" class="usercheckbox m-1" id="user${user.id}" name="user${user.id}" data-toggle="slave" aria-label="Select ${h(fullname(user))}">`,
    ) +
    cell(
      'th',
      1,
      `<a href="${href}" class="d-inline-block aabtn"><span class="userinitials size-35" aria-hidden="true">${h(initials(user))}</span>${h(fullname(user))}</a>`,
    ) +
    cell('td', 2, role ? roleNames[role] : '') +
    '</tr>'
  )
}

/** As in Moodle, a table that is sorted is another element than it was, and all are ticked by script. */
const TABLE = `
const form = document.querySelector('#participantsform')
const region = () => form.querySelector('[data-region="core_table/dynamic"]')
const first = region().outerHTML
const ticks = () => [...form.querySelectorAll('input.usercheckbox')]
form.addEventListener('click', ({ target }) => {
  if (target.id === 'select-all-participants') for (const box of ticks()) box.checked = target.checked
  if (target.closest('[data-sortable]')) setTimeout(() => {
    const holder = document.createElement('div')
    holder.innerHTML = first
    const drawn = holder.firstChild
    const body = drawn.querySelector('tbody')
    body.replaceChildren(...[...body.children].reverse())
    region().replaceWith(drawn)
    drawn.dispatchEvent(new CustomEvent('core_table/dynamic:tableContentRefreshed', { bubbles: true }))
  }, 100)
  form.querySelector('#formactionid').disabled = !ticks().some((box) => box.checked)
})
`

function participantsForm(course: Course, rows: string): string {
  return (
    `<form id="participantsform" data-course-id="${course.id}" onsubmit="return false"><p data-region="participant-count">${course.enrolments.size} participants found</p>` +
    `<div class="table-dynamic" data-region="core_table/dynamic" data-table-handler="participants" data-table-component="core_user" data-table-uniqueid="user-index-participants-${course.id}"><table id="participants" class="flexible table generaltable"><thead><tr>` +
    `<th><input type="checkbox" id="select-all-participants" aria-label="Select all"></th><th><a href="#" data-sortable="1" data-sortby="lastname">First name / Last name</a></th><th>Roles</th></tr></thead><tbody>${rows}</tbody></table></div>` +
    `<div class="buttons"><div class="d-flex flex-wrap align-items-center"><div><label for="formactionid">With selected users...</label> <select id="formactionid" class="select custom-select" disabled><option>Choose...</option><option value="#messageselect">Send a message</option></select></div></div></div></form>`
  )
}

export function participantsPage(visit: Visit, course: Course): string {
  const { state } = visit.world
  const rows = [...course.enrolments.values()].slice(0, 100).flatMap(({ userid }, at) => {
    const user = state.users.get(userid)
    return user ? participantRow(visit, course, user, at) : []
  })
  return layout(visit, {
    title: `${course.shortname}: Participants`,
    heading: course.fullname,
    bodyId: 'page-course-view-participants',
    classes: 'path-user path-course path-course-view',
    layout: 'incourse',
    course,
    drawer: true,
    tabs: courseTabs(course, 'participants'),
    main: `<h2>Enrolled users</h2>${participantsForm(course, rows.join(''))}<script>${TABLE}</script>`,
  })
}

export function graderReport(visit: Visit, course: Course): string | undefined {
  const { state } = visit.world
  if (!isTeacherIn(state, course.id, visit.user.id) && !visit.user.siteadmin) return undefined
  const rows = [...course.enrolments.values()].filter((row) => row.role === 'student').slice(0, 100)
  const body = rows.flatMap((row) => {
    const user = state.users.get(row.userid)
    const href = `${state.wwwroot}/user/view.php?id=${row.userid}&amp;course=${course.id}`
    return user
      ? `<tr class="userrow" data-uid="${user.id}"><th class="user cell c0" scope="row" data-uid="${user.id}"><a class="username" href="${href}">${h(fullname(user))}</a></th><td class="grade">-</td></tr>`
      : []
  })
  return layout(visit, {
    title: `${course.shortname}: View: Grader report`,
    heading: 'Grader report',
    bodyId: 'page-grade-report-grader-index',
    classes: 'path-grade path-grade-report path-grade-report-grader',
    layout: 'report',
    course,
    tabs: courseTabs(course, 'grades'),
    main: `<div class="gradeparent"><table id="user-grades" class="gradereport-grader-table generaltable"><thead><tr><th>First name / Last name</th><th>Essay 1</th></tr></thead><tbody>${body.join('')}</tbody></table></div>`,
  })
}

function messageButton(visit: Visit, person: User): string {
  const href = `${visit.world.state.wwwroot}/message/index.php?id=${person.id}`
  if (person.id === visit.user.id) return ''
  return `<div class="btn-group header-button-group"><a class="btn" id="message-user-button" role="button" data-userid="${person.id}" href="${href}">Message</a></div>`
}

function details(person: User): string {
  return `<section class="card"><h3>User details</h3><dl><dt>Email address</dt><dd>${h(person.email)}</dd></dl></section>`
}

/** In a course the page's heading is the course, and the person stands below it. */
export function profilePage(visit: Visit, person: User, course: Course | undefined): string {
  const button = messageButton(visit, person)
  const inCourse = `<div class="page-context-header"><div class="page-header-headings"><h2 class="h2 mb-0">${h(fullname(person))}</h2></div>${button}</div>`
  return layout(visit, {
    title: `${fullname(person)}: ${course ? 'Personal profile' : 'Public profile'}`,
    heading: course ? course.fullname : fullname(person),
    bodyId: course ? 'page-course-view-topics' : 'page-user-profile',
    classes: course
      ? 'format-topics path-user limitedwidth path-course path-course-view'
      : 'limitedwidth path-user',
    layout: 'mypublic',
    ...(course ? { course, tabs: courseTabs(course, 'participants') } : { buttons: button }),
    contextid: 1000 + person.id,
    contextInstanceId: person.id,
    main: `<div class="userprofile">${course ? inCourse : ''}${details(person)}</div>`,
  })
}

/** One person's grades, as a teacher looks at them; students see their own. */
export function userReport(visit: Visit, course: Course, userid: number): string | undefined {
  const { state } = visit.world
  const mayAll = isTeacherIn(state, course.id, visit.user.id)
  const person = state.users.get(mayAll && userid > 0 ? userid : visit.user.id)
  if (!person || (!mayAll && userid > 0 && userid !== visit.user.id)) return undefined
  const href = `${state.wwwroot}/user/view.php?id=${person.id}&amp;course=${course.id}`
  const heading = `<div class="user-heading d-flex align-items-center"><div class="d-flex h4"><span class="userinitials size-50">${h(initials(person))}</span></div><div class="d-flex ms-2"><h2><a class="h4 m-0" href="${href}">${h(fullname(person))}</a></h2></div><div class="d-inline-flex ms-4"></div></div>`
  return layout(visit, {
    title: `${course.shortname}: View: User report`,
    heading: course.fullname,
    bodyId: 'page-grade-report-user-index',
    classes: 'path-grade path-grade-report path-grade-report-user',
    layout: 'report',
    course,
    tabs: courseTabs(course, 'grades'),
    main: `${mayAll ? heading : ''}<table class="generaltable user-grade"><thead><tr><th>Grade item</th><th>Grade</th></tr></thead><tbody><tr><th scope="row">Essay 1</th><td>-</td></tr></tbody></table>`,
  })
}
