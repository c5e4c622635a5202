import { MoodleError, noRecord } from '../errors.ts'
import { coursesOf, isTeacherIn } from '../permission.ts'
import { fullname } from '../state.ts'
import type { Course, CourseModule } from '../types.ts'
import { type Context, type Handlers, handler, requireSelf } from './handler.ts'
import { picture, THEME_REVISION } from './people.ts'

const modnames: Record<CourseModule['modname'], [one: string, many: string, purpose: string]> = {
  forum: ['Forum', 'Forums', 'collaboration'],
  assign: ['Assignment', 'Assignments', 'assessment'],
  page: ['Page', 'Pages', 'content'],
  dialogue: ['Dialogue', 'Dialogues', 'communication'],
}

const image = 'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4='

export function requireCourse(context: Context, courseid: number): Course {
  const course = context.state.courses.get(courseid)
  if (!course) throw noRecord('course')
  if (!context.user.siteadmin && !course.enrolments.has(context.user.id)) throw notEnrolled()
  return course
}

const notEnrolled = () =>
  new MoodleError('Course or activity not accessible. (Not enrolled)', { errorcode: 'requireloginerror' })

export function requireModule(context: Context, cmid: number): CourseModule {
  const cm = context.state.modules.get(cmid)
  if (!cm) throw noRecord('course_modules')
  requireCourse(context, cm.course)
  return cm
}

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

const getCourses = handler<{ options: { ids?: number[] } }>(({ options }, context) =>
  (options.ids ?? coursesOf(context.state, context.user.id)).map((id) =>
    plainCourse(requireCourse(context, id)),
  ),
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

const seen = (context: Context, cm: CourseModule): boolean =>
  cm.visible || context.user.siteadmin || isTeacherIn(context.state, cm.course, context.user.id)

function contentsModule({ state }: Context, cm: CourseModule) {
  const [, modplural, purpose] = modnames[cm.modname]
  return {
    id: cm.id,
    url: `${state.wwwroot}/mod/${cm.modname}/view.php?id=${cm.id}`,
    name: cm.name,
    instance: cm.instance,
    contextid: cm.contextid,
    visible: cm.visible ? 1 : 0,
    uservisible: true,
    visibleoncoursepage: 1,
    modicon: `${state.wwwroot}/theme/image.php/boost/${cm.modname}/${THEME_REVISION}/monologo?filtericon=1`,
    modname: cm.modname,
    purpose,
    branded: false,
    modplural,
    availability: null,
    indent: 0,
    onclick: '',
    afterlink: null,
    ...(cm.modname === 'forum' ? { activitybadge: [] } : {}),
    customdata: cm.modname === 'forum' ? '{"trackingtype":"1"}' : '""',
    noviewlink: false,
    completion: 0,
    downloadcontent: 1,
    dates: [],
    groupmode: 0,
    ...(cm.modname === 'page' ? pageContents(state.wwwroot, cm) : {}),
  }
}

function pageContents(wwwroot: string, cm: CourseModule) {
  const timemodified = Number(THEME_REVISION)
  const file = {
    type: 'file',
    filename: 'index.html',
    filepath: '/',
    filesize: 0,
    fileurl: `${wwwroot}/webservice/pluginfile.php/${cm.contextid}/mod_page/content/index.html?forcedownload=1`,
    timecreated: null,
    timemodified,
    sortorder: 1,
    userid: null,
    author: null,
    license: null,
  }
  const contentsinfo = {
    filescount: 1,
    filessize: 0,
    lastmodified: timemodified,
    mimetypes: [],
    repositorytype: '',
  }
  return { contents: [file], contentsinfo }
}

const getContents = handler<{ courseid: number }>(({ courseid }, context) =>
  requireCourse(context, courseid).sections.map((section, at) => ({
    id: section.id,
    name: section.name,
    visible: 1,
    summary: '',
    summaryformat: 1,
    section: at,
    hiddenbynumsections: 0,
    uservisible: true,
    component: null,
    itemid: null,
    modules: section.modules.filter((cm) => seen(context, cm)).map((cm) => contentsModule(context, cm)),
  })),
)

const getModule = handler<{ cmid: number }>(({ cmid }, context) => {
  const cm = requireModule(context, cmid)
  const course = requireCourse(context, cm.course)
  const section = course.sections.findIndex((row) => row.modules.includes(cm))
  return {
    cm: {
      id: cm.id,
      course: cm.course,
      module: 1,
      name: cm.name,
      modname: cm.modname,
      instance: cm.instance,
      section: course.sections[section]?.id ?? 0,
      sectionnum: section,
      groupmode: course.groupmode,
      groupingid: 0,
      completion: 0,
    },
    warnings: [],
  }
})

export const courseFunctions: Handlers = {
  core_course_get_enrolled_courses_by_timeline_classification: byTimeline,
  core_course_get_recent_courses: recentCourses,
  core_course_get_courses: getCourses,
  core_enrol_get_users_courses: usersCourses,
  core_course_get_enrolled_users_by_cmid: enrolledByCmid,
  core_course_get_contents: getContents,
  core_course_get_course_module: getModule,
}
export { modnames, seen }
