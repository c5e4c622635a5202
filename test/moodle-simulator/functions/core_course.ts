import { noPermission } from '../errors.ts'
import { coursesOf } from '../permission.ts'
import { fullname } from '../state.ts'
import type { Course } from '../types.ts'
import { requireCourse, requireModule } from './courses.ts'
import { type Context, type Handlers, handler, requireSelf } from './handler.ts'
import { picture } from './people.ts'

const image = 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4='

const summary = (context: Context, course: Course) => ({
  id: course.id,
  fullname: course.fullname,
  shortname: course.shortname,
  idnumber: '',
  summary: '',
  summaryformat: 0,
  startdate: 0,
  enddate: 0,
  visible: true,
  showactivitydates: false,
  showcompletionconditions: true,
  pdfexportfont: '',
  fullnamedisplay: course.fullname,
  viewurl: `${context.state.wwwroot}/course/view.php?id=${course.id}`,
  courseimage: image,
  progress: 0,
  hasprogress: false,
  isfavourite: false,
  hidden: false,
  showshortname: false,
  coursecategory: 'Category 1',
})

const mine = (context: Context): Course[] =>
  coursesOf(context.state, context.user.id).flatMap((id) => context.state.courses.get(id) ?? [])

const byTimeline = handler<{ limit: number; offset: number }>(({ limit, offset }, context) => {
  const rows = mine(context).toSorted((a, b) => a.fullname.localeCompare(b.fullname))
  const shown = rows.slice(offset, limit > 0 ? offset + limit : undefined)
  return { courses: shown.map((course) => summary(context, course)), nextoffset: offset + shown.length }
})

const recentCourses = handler<{ userid: number; limit: number; offset: number }>((args, context) => {
  requireSelf(context, args.userid || context.user.id)
  const access = context.user.courseaccess
  return mine(context)
    .filter((course) => access.has(course.id))
    .toSorted((a, b) => (access.get(b.id) ?? 0) - (access.get(a.id) ?? 0))
    .slice(args.offset, args.limit > 0 ? args.offset + args.limit : undefined)
    .map((course) => ({ ...summary(context, course), timeaccess: access.get(course.id) ?? 0 }))
})

const plainCourse = (course: Course) => ({
  id: course.id,
  shortname: course.shortname,
  categoryid: 1,
  fullname: course.fullname,
  displayname: course.fullname,
  summary: '',
  summaryformat: 0,
  format: 'topics',
  startdate: 0,
  enddate: 0,
  showactivitydates: false,
  showcompletionconditions: true,
})

const frontPage = (context: Context) => ({
  id: 1,
  shortname: 'Seed',
  categoryid: 0,
  fullname: context.state.settings.sitename,
  displayname: context.state.settings.sitename,
  summary: '',
  summaryformat: 0,
  format: 'site',
  startdate: 0,
  enddate: 0,
  numsections: 1,
  showactivitydates: false,
  showcompletionconditions: null,
})

/** Beyond the front page it takes a right that teachers do not have. */
const getCourses = handler<{ options: { ids?: number[] } }>(({ options }, context) =>
  (options.ids ?? [1, ...context.state.courses.keys()]).map((id) => {
    if (id === 1) return frontPage(context)
    const course = requireCourse(context, id)
    if (!context.user.siteadmin) throw noPermission('View courses without participation')
    return plainCourse(course)
  }),
)

const usersCourses = handler<{ userid: number }>(({ userid }, context) => {
  requireSelf(context, userid)
  const rows = mine(context).toSorted((a, b) => b.id - a.id)
  return rows.map((course) => ({
    id: course.id,
    shortname: course.shortname,
    fullname: course.fullname,
    displayname: course.fullname,
    enrolledusercount: course.enrolments.size,
    idnumber: '',
    visible: 1,
    summary: '',
    summaryformat: 0,
    format: 'topics',
    courseimage: `${context.state.wwwroot}/pluginfile.php/${course.contextid}/course/generated/course.svg`,
    showgrades: true,
    lang: '',
    enablecompletion: false,
    completionhascriteria: false,
    completionusertracked: false,
    category: 1,
    progress: null,
    completed: null,
    startdate: 0,
    enddate: 0,
    marker: 0,
    lastaccess: context.user.courseaccess.get(course.id) ?? null,
    isfavourite: false,
    hidden: false,
    overviewfiles: [],
    showactivitydates: false,
    showcompletionconditions: true,
    timemodified: course.timemodified,
  }))
})

/** Answers teachers and students alike, knows no groups, and includes suspended people unless told. */
const enrolledByCmid = handler<{ cmid: number; groupid: number; onlyactive: boolean }>((args, context) => {
  const course = requireCourse(context, requireModule(context, args.cmid).course)
  const group = args.groupid > 0 ? context.state.groups.get(args.groupid) : undefined
  const users = [...course.enrolments.values()]
    .filter((row) => !(args.onlyactive && row.suspended) && (!group || group.members.has(row.userid)))
    .flatMap((row) => context.state.users.get(row.userid) ?? [])
  const profileimage = picture(context.state, 1)
  return {
    users: users.map((user) => ({
      id: user.id,
      profileimage,
      fullname: fullname(user),
      firstname: user.firstname,
      lastname: user.lastname,
    })),
    warnings: [],
  }
})

/** Answers what one may see of the whole site; unlike most, by a field that is chosen. */
const coursesByField = handler<{ field: string; value: string }>(({ field, value }, context) => {
  const fits = (course: Course) =>
    field === '' ||
    (field === 'ids' && value.split(',').includes(String(course.id))) ||
    String(course[field as 'id' | 'shortname']) === value
  const rows = [...context.state.courses.values()].filter(fits)
  return {
    courses: rows.map((course) => ({
      ...plainCourse(course),
      categoryname: 'Category 1',
      sortorder: course.id,
      summaryfiles: [],
      overviewfiles: [],
      contacts: [],
      enrollmentmethods: ['manual'],
      visible: 1,
    })),
    warnings: [],
  }
})

export const courseFunctions: Handlers = {
  core_course_get_enrolled_courses_by_timeline_classification: byTimeline,
  core_course_get_recent_courses: recentCourses,
  core_course_get_courses: getCourses,
  core_enrol_get_users_courses: usersCourses,
  core_course_get_enrolled_users_by_cmid: enrolledByCmid,
  core_course_get_courses_by_field: coursesByField,
}
