import { noPermission } from '../errors.ts'
import { isEditingTeacherIn, isTeacherIn } from '../permission.ts'
import type { Group } from '../types.ts'
import { requireCourse, requireModule } from './courses.ts'
import { type Context, type Handlers, handler } from './handler.ts'
import { groupsOf, THEME_REVISION } from './people.ts'

const inCourse = ({ state }: Context, courseid: number): Group[] =>
  [...state.groups.values()].filter((group) => group.courseid === courseid)

const own = (group: Group) => ({
  id: group.id,
  name: group.name,
  description: '',
  descriptionformat: 0,
  idnumber: '',
  courseid: group.courseid,
})

const managesGroups = ({ state, user }: Context, courseid: number): boolean =>
  user.siteadmin || isEditingTeacherIn(state, courseid, user.id)

function requireManager(context: Context, courseid: number): void {
  requireCourse(context, courseid)
  if (!managesGroups(context, courseid)) throw noPermission('Manage groups')
}

const getCourseGroups = handler<{ courseid: number }>(({ courseid }, context) => {
  requireManager(context, courseid)
  return inCourse(context, courseid).map(({ id, name }) => ({
    id,
    courseid,
    name,
    description: '',
    descriptionformat: 0,
    enrolmentkey: null,
    idnumber: '',
    visibility: 0,
    participation: true,
  }))
})

/** Empty where the course has no group mode, for everyone. */
const forSelector = handler<{ courseid: number }>(({ courseid }, context) => {
  const course = requireCourse(context, courseid)
  const { state, user } = context
  if (course.groupmode === 0) return { groups: [], warnings: [] }
  const all = course.groupmode === 2 || user.siteadmin || isEditingTeacherIn(state, courseid, user.id)
  const groups = all ? inCourse(context, courseid) : groupsOf(state, courseid, user.id)
  const groupimageurl = `${state.wwwroot}/theme/image.php/boost/core/${THEME_REVISION}/g/g1`
  const everyone = { id: '0', name: 'All participants', groupimageurl: '' }
  const first = all || groups.length === 0 ? [everyone] : []
  return {
    groups: [...first, ...groups.map(({ id, name }) => ({ id: String(id), name, groupimageurl }))],
    warnings: [],
  }
})

const getCourseGroupings = handler<{ courseid: number }>(({ courseid }, context) => {
  requireManager(context, courseid)
  return [...context.state.groupings.values()]
    .filter((grouping) => grouping.courseid === courseid)
    .map(({ id, name }) => ({ id, courseid, name, description: '', descriptionformat: 0, idnumber: '' }))
})

type UserGroups = { courseid: number; userid: number; groupingid: number }

/** Of others only to those who manage groups. */
const userGroups = handler<UserGroups>(({ courseid, userid, groupingid }, context) => {
  requireCourse(context, courseid)
  const { state, user } = context
  const whose = userid || user.id
  if (whose !== user.id && !managesGroups(context, courseid)) {
    const message = `User ${user.id} cannot manage groups in course ${courseid}`
    const warning = { item: 'course', itemid: courseid, warningcode: 'cannotmanagegroups', message }
    return { groups: [], warnings: [warning] }
  }
  const isIn = (group: Group) =>
    !groupingid || (state.groupings.get(groupingid)?.groupids.has(group.id) ?? false)
  return { groups: groupsOf(state, courseid, whose).filter(isIn).map(own), warnings: [] }
})

export const groupFunctions: Handlers = {
  core_group_get_course_groups: getCourseGroups,
  core_group_get_groups_for_selector: forSelector,
  core_group_get_course_user_groups: userGroups,
  core_group_get_course_groupings: getCourseGroupings,
  core_group_get_activity_allowed_groups: handler<{ cmid: number; userid: number }>((args, context) => {
    const cm = requireModule(context, args.cmid)
    const teacher = isTeacherIn(context.state, cm.course, context.user.id)
    const groups = teacher
      ? inCourse(context, cm.course)
      : groupsOf(context.state, cm.course, args.userid || context.user.id)
    return { groups: groups.map(own), canaccessallgroups: teacher, warnings: [] }
  }),
  core_group_get_activity_groupmode: handler<{ cmid: number }>(({ cmid }, context) => ({
    groupmode: requireCourse(context, requireModule(context, cmid).course).groupmode,
    warnings: [],
  })),
}
