import { modnames, seen } from '../functions/courses.ts'
import type { Course, CourseModule } from '../types.ts'
import { h, layout, moduleAddress, type Page, type Visit } from './layout.ts'

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
    `<div class="activity-item${cm.visible ? '' : ' hiddenactivity'}" data-activityname="${h(cm.name)}" data-region="activity-card"><span class="activityiconcontainer ${purpose}" aria-hidden="true">${h(name[0] ?? '')}</span><div class="activity-name-area activity-instance"><div class="activityname">` +
    `<a href="${moduleAddress(visit.world.state.wwwroot, cm)}" class="aalink stretched-link"><span class="instancename">${h(cm.name)}</span></a></div>` +
    `<small>${h(name)}${cm.visible ? '' : ' · Hidden from students'}</small></div></div></li>`
  )
}

export function coursePage(visit: Visit, course: Course): string {
  const context = handlerContext(visit)
  const sections = course.sections.map((section, at) => {
    const rows = section.modules.filter((cm) => seen(context, cm)).map((cm) => activity(visit, cm))
    return (
      `<li id="section-${at}" class="section course-section main" data-for="section" data-id="${section.id}" data-number="${at}"><h2 class="sectionname">${h(section.name)}</h2>` +
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
    main: `<div class="course-content"><ul class="topics section" data-for="course_sectionlist">${sections.join('')}</ul></div>`,
  })
}
