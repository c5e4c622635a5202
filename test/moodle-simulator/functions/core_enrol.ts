import { noPermission } from '../errors.ts'
import { isEditingTeacherIn, isTeacherIn } from '../permission.ts'
import { fullname } from '../state.ts'
import type { Course, Enrolment, User } from '../types.ts'
import { preferencesOf } from './core_user.ts'
import { requireCourse, requireModule } from './courses.ts'
import { type Context, type Handlers, handler } from './handler.ts'
import { dynamicTable } from './participants-table.ts'
import { enrolledCourses, groupsOf, pictures, rolesIn, userSummary } from './people.ts'

type FindArgs = { courseid: number; search: string; searchanywhere: boolean; page: number; perpage: number }

const SEPARATE_GROUPS = 1

/** Of a course with separate groups only one's own, unless one may see all. */
function inSight({ state, user }: Context, course: Course): Enrolment[] {
  const all = [...course.enrolments.values()]
  const seesAll =
    course.groupmode !== SEPARATE_GROUPS || user.siteadmin || isEditingTeacherIn(state, course.id, user.id)
  if (seesAll) return all
  const own = groupsOf(state, course.id, user.id)
  return all.filter(({ userid }) => own.some(({ members }) => members.has(userid)))
}

function found(context: Context, args: FindArgs): User[] {
  const wanted = args.search.toLowerCase()
  const users = inSight(context, requireCourse(context, args.courseid)).flatMap(
    ({ userid }) => context.state.users.get(userid) ?? [],
  )
  return users
    .filter((user) => {
      const name = fullname(user).toLowerCase()
      return args.searchanywhere ? name.includes(wanted) : name.startsWith(wanted)
    })
    .toSorted((a, b) => a.lastname.localeCompare(b.lastname) || a.firstname.localeCompare(b.firstname))
    .slice(args.page * args.perpage, (args.page + 1) * args.perpage)
}

const brief = (context: Context, user: User) => ({
  id: user.id,
  fullname: fullname(user),
  email: user.email,
  ...pictures(context.state),
})

const searchUsers = handler<FindArgs>((args, context) =>
  found(context, args).map((user) => brief(context, user)),
)

/** Whom a teacher could still enrol. */
const potentialUsers = handler<FindArgs>((args, context) => {
  const course = requireCourse(context, args.courseid)
  if (!isTeacherIn(context.state, course.id, context.user.id)) throw noPermission('Enrol users')
  const wanted = args.search.toLowerCase()
  return [...context.state.users.values()]
    .filter(
      (user) =>
        user.id > 1 && !course.enrolments.has(user.id) && fullname(user).toLowerCase().includes(wanted),
    )
    .slice(args.page * args.perpage, (args.page + 1) * args.perpage)
    .map((user) => brief(context, user))
})

type EnrolledArgs = { courseid: number; options: { name: string; value: string }[] }

function enrolledUser(context: Context, courseid: number, user: User) {
  const groups = groupsOf(context.state, courseid, user.id)
  const self = user.id === context.user.id
  return {
    ...(self && isTeacherIn(context.state, courseid, user.id) ? { username: user.username } : {}),
    ...userSummary(user),
    ...(self ? { department: '' } : {}),
    lastcourseaccess: user.courseaccess.get(courseid) ?? 0,
    ...pictures(context.state),
    ...(groups.length > 0
      ? { groups: groups.map(({ id, name }) => ({ id, name, description: '', descriptionformat: 0 })) }
      : {}),
    roles: rolesIn(context.state, courseid, user.id),
    ...(self ? { preferences: preferencesOf(context, user) } : {}),
    enrolledcourses: enrolledCourses(context.state, user.id),
  }
}

const getEnrolledUsers = handler<EnrolledArgs>(({ courseid, options }, context) => {
  const option = new Map(options.map(({ name, value }) => [name, value]))
  const group = context.state.groups.get(Number(option.get('groupid') ?? 0))
  const from = Number(option.get('limitfrom') ?? 0)
  const limit = Number(option.get('limitnumber') ?? 0)
  const active = option.get('onlyactive') === '1'
  const course = requireCourse(context, courseid)
  if (active && !isEditingTeacherIn(context.state, courseid, context.user.id)) {
    throw noPermission('Review course enrolments')
  }
  return inSight(context, course)
    .filter((row) => !(active && row.suspended) && (!group || group.members.has(row.userid)))
    .slice(from, limit > 0 ? from + limit : undefined)
    .flatMap((row) => context.state.users.get(row.userid) ?? [])
    .map((user) => enrolledUser(context, courseid, user))
})

type DialogueArgs = Omit<FindArgs, 'courseid'> & { cmid: number }

export const enrolFunctions: Handlers = {
  core_enrol_search_users: searchUsers,
  core_enrol_get_potential_users: potentialUsers,
  core_enrol_get_enrolled_users: getEnrolledUsers,
  core_table_get_dynamic_table_content: dynamicTable,
  mod_dialogue_search_users: handler<DialogueArgs>((args, context) => {
    const users = found(context, { ...args, courseid: requireModule(context, args.cmid).course })
    return users.filter((user) => user.id !== context.user.id).map((user) => brief(context, user))
  }),
  gradereport_grader_get_users_in_report: handler<{ courseid: number }>(({ courseid }, context) => {
    const course = requireCourse(context, courseid)
    if (!isTeacherIn(context.state, courseid, context.user.id)) throw noPermission('View the grader report')
    const students = [...course.enrolments.values()].filter((row) => row.role === 'student')
    const users = students.flatMap((row) => context.state.users.get(row.userid) ?? [])
    return {
      users: users.map((user) => ({
        ...brief(context, user),
        firstname: user.firstname,
        lastname: user.lastname,
      })),
      warnings: [],
    }
  }),
}
