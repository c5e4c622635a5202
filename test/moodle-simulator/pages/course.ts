import { modnames, seen } from '../functions/courses.ts'
import { isTeacherIn } from '../permission.ts'
import { fullname } from '../state.ts'
import { type Course, type CourseModule, roleNames, type User } from '../types.ts'
import { h, initials, layout, moduleAddress, type Page, type Visit } from './layout.ts'

export const courseTabs = (course: Course, current: string): NonNullable<Page['tabs']> => [
  ['Course', `/course/view.php?id=${course.id}`, current === 'course'],
  ['Participants', `/user/index.php?id=${course.id}`, current === 'participants'],
  ['Grades', `/grade/report/grader/index.php?id=${course.id}`, current === 'grades'],
]

const handlerContext = ({ world, user, session }: Visit) => ({
  state: world.state,
  sessions: world.sessions,
  user,
  session,
  call: () => null,
})

function activity(visit: Visit, cm: CourseModule): string {
  const [name, , purpose] = modnames[cm.modname]
  return (
    `<li class="activity activity-wrapper ${cm.modname} modtype_${cm.modname}" id="module-${cm.id}" data-for="cmitem" data-id="${cm.id}">` +
    `<span class="activityiconcontainer ${purpose}" aria-hidden="true">${h(name[0] ?? '')}</span><div class="activity-instance"><div class="activityname">` +
    `<a href="${moduleAddress(visit.world.state.wwwroot, cm)}" class="aalink stretched-link"><span class="instancename">${h(cm.name)}</span></a></div>` +
    `<small>${h(name)}${cm.visible ? '' : ' · Hidden from students'}</small></div></li>`
  )
}

export function coursePage(visit: Visit, course: Course): string {
  const context = handlerContext(visit)
  const sections = course.sections.map((section, at) => {
    const rows = section.modules.filter((cm) => seen(context, cm)).map((cm) => activity(visit, cm))
    return (
      `<li id="section-${at}" class="section course-section main" data-id="${section.id}" data-number="${at}"><h2 class="sectionname">${h(section.name)}</h2>` +
      `<ul class="section" data-for="cmlist">${rows.join('')}</ul></li>`
    )
  })
  return layout(visit, {
    title: `Course: ${course.fullname}`,
    heading: course.fullname,
    bodyId: 'page-course-view-topics',
    classes: 'format-topics limitedwidth path-course path-course-view',
    layout: 'course',
    course,
    drawer: true,
    tabs: courseTabs(course, 'course'),
    main: `<div class="course-content"><ul class="topics section">${sections.join('')}</ul></div>`,
  })
}

export function participantsPage(visit: Visit, course: Course): string {
  const { state } = visit.world
  const rows = [...course.enrolments.values()].slice(0, 100).flatMap((row, at) => {
    const user = state.users.get(row.userid)
    if (!user) return []
    const href = `${state.wwwroot}/user/view.php?id=${user.id}&amp;course=${course.id}`
    return `<tr id="user-index-participants-${course.id}_r${at}"><td class="cell c0"><input type="checkbox" class="usercheckbox" id="user${user.id}" name="user${user.id}" aria-label="Select ${h(fullname(user))}"></td><th class="cell c1" scope="row"><a href="${href}">${h(fullname(user))}</a></th><td class="cell c2">${roleNames[row.role]}</td></tr>`
  })
  return layout(visit, {
    title: `${course.shortname}: Participants`,
    heading: course.fullname,
    bodyId: 'page-user-index',
    classes: 'path-user',
    layout: 'incourse',
    course,
    drawer: true,
    tabs: courseTabs(course, 'participants'),
    main: `<h2>Enrolled users</h2><p>${course.enrolments.size} participants found</p><div class="table-dynamic" data-region="core_table/dynamic" data-table-uniqueid="user-index-participants-${course.id}"><table id="participants" class="flexible table generaltable"><thead><tr><th><span class="dimmed">Select</span></th><th>First name / Last name</th><th>Roles</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
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

export function profilePage(visit: Visit, person: User, course: Course | undefined): string {
  const { state } = visit.world
  const message = `<a class="btn btn-primary" id="message-user-button" role="button" data-userid="${person.id}" href="${state.wwwroot}/message/index.php?id=${person.id}">Message</a>`
  return layout(visit, {
    title: `${fullname(person)}: ${course ? 'Personal profile' : 'Public profile'}`,
    heading: fullname(person),
    bodyId: course ? 'page-user-view' : 'page-user-profile',
    classes: 'path-user',
    layout: course ? 'incourse' : 'mypublic',
    ...(course ? { course } : {}),
    contextid: 1000 + person.id,
    contextInstanceId: person.id,
    main: `<div class="userprofile card"><p><span class="userinitials size-100">${h(initials(person))}</span></p>${person.id === visit.user.id ? '' : message}<h3>User details</h3><dl><dt>Email address</dt><dd>${h(person.email)}</dd></dl></div>`,
  })
}
