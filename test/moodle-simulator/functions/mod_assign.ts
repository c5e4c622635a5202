import { MoodleError, noPermission, noRecord } from '../errors.ts'
import { isTeacherIn } from '../permission.ts'
import { fullname } from '../state.ts'
import type { CourseModule, User } from '../types.ts'
import { requireCourse, requireModule, seen } from './courses.ts'
import { type Context, type Handlers, handler } from './handler.ts'
import { enrolledCourses, groupsOf, pictures, rolesIn, userSummary } from './people.ts'

/** As a new assignment is set, but for its dates and names. */
const SETTINGS = {
  nosubmissions: 0,
  submissiondrafts: 0,
  sendnotifications: 0,
  sendlatenotifications: 0,
  sendstudentnotifications: 1,
  allowsubmissionsfromdate: 0,
  grade: 100,
  completionsubmit: 0,
  cutoffdate: 0,
  gradingduedate: 0,
  teamsubmission: 0,
  requireallteammemberssubmit: 0,
  teamsubmissiongroupingid: 0,
  hidegrader: 0,
  revealidentities: 0,
  attemptreopenmethod: 'untilpass',
  maxattempts: 1,
  markingworkflow: 0,
  markingallocation: 0,
  markinganonymous: 0,
  requiresubmissionstatement: 0,
  configs: [],
}

const assignment = (cm: CourseModule, timemodified: number) => ({
  ...SETTINGS,
  id: cm.instance,
  cmid: cm.id,
  course: cm.course,
  name: cm.name,
  duedate: cm.duedate ?? 0,
  blindmarking: cm.blindmarking ? 1 : 0,
  timemodified,
})

type ParticipantArgs = {
  assignid: number
  groupid: number
  filter: string
  skip: number
  limit: number
  onlyids: boolean
}

function requireAssignment(context: Context, assignid: number): CourseModule {
  const cm = [...context.state.modules.values()].find(
    (row) => row.modname === 'assign' && row.instance === assignid,
  )
  if (!cm) throw noRecord('assign')
  const course = requireCourse(context, requireModule(context, cm.id).course)
  if (!isTeacherIn(context.state, course.id, context.user.id)) throw noPermission('View grades')
  return cm
}

function studentsIn(context: Context, courseid: number, groupid = 0): User[] {
  const group = context.state.groups.get(groupid)
  return [...requireCourse(context, courseid).enrolments.values()]
    .filter((row) => row.role === 'student' && !row.suspended && (!group || group.members.has(row.userid)))
    .flatMap((row) => context.state.users.get(row.userid) ?? [])
}

const listParticipants = handler<ParticipantArgs>((args, context) => {
  const cm = requireAssignment(context, args.assignid)
  return studentsIn(context, cm.course, args.groupid)
    .filter((user) => fullname(user).toLowerCase().includes(args.filter.toLowerCase()))
    .toSorted((a, b) => (a.lastname < b.lastname ? -1 : 1))
    .slice(args.skip, args.limit > 0 ? args.skip + args.limit : undefined)
    .map((user) => participant(context, args, cm, user))
})

function signalsOf({ state }: Context, assignid: number, { id }: User) {
  const status = state.submissions.get(`${assignid}:${id}`)
  return {
    submitted: status?.submitted ?? false,
    requiregrading: status?.requiregrading ?? false,
    grantedextension: status?.grantedextension ?? false,
    submissionstatus: status?.submissionstatus ?? '',
  }
}

/** Where it is marked blindly, a number stands for the name, and nothing else is told. */
function participant(context: Context, args: ParticipantArgs, cm: CourseModule, user: User) {
  const signals = signalsOf(context, args.assignid, user)
  if (cm.blindmarking)
    return { id: user.id, fullname: `Participant ${user.id}`, recordid: user.id, ...signals }
  if (args.onlyids) return { id: user.id, fullname: fullname(user), recordid: -1, ...signals }
  const groups = groupsOf(context.state, cm.course, user.id)
  return {
    ...userSummary(user),
    suspended: user.suspended,
    ...pictures(context.state),
    recordid: -1,
    groups: groups.map(({ id, name }) => ({ id, name, description: '' })),
    roles: rolesIn(context.state, cm.course, user.id),
    enrolledcourses: enrolledCourses(context.state, user.id),
    ...signals,
  }
}

/** The list of participants heeds no filter, asking after one of them does. */
function isFilteredOut(context: Context, assignid: number, user: User): boolean {
  const { gradingFilter } = context.user
  const { submitted } = signalsOf(context, assignid, user)
  return gradingFilter !== undefined && submitted !== (gradingFilter === 'submitted')
}

const getParticipant = handler<{ assignid: number; userid: number; embeduser: boolean }>((args, context) => {
  const cm = requireAssignment(context, args.assignid)
  const user = studentsIn(context, cm.course).find(({ id }) => id === args.userid)
  if (!user) throw new MoodleError('This user is not in this course!', { errorcode: 'usernotincourse' })
  if (isFilteredOut(context, args.assignid, user))
    throw new MoodleError('This user does not match filters and table preferences!', {
      errorcode: 'userisfilteredout',
    })
  const duedate = cm.duedates?.[user.id] ?? cm.duedate ?? 0
  return {
    id: user.id,
    fullname: cm.blindmarking ? `Participant ${user.id}` : fullname(user),
    ...signalsOf(context, args.assignid, user),
    blindmarking: cm.blindmarking === true,
    allowsubmissionsfromdate: 0,
    duedate,
    cutoffdate: 0,
    duedatestr: duedate === 0 ? '' : new Date(duedate * 1000).toUTCString(),
    ...(args.embeduser && !cm.blindmarking
      ? { user: { ...userSummary(user), ...pictures(context.state) } }
      : {}),
  }
})

export const assignFunctions: Handlers = {
  mod_assign_list_participants: listParticipants,
  mod_assign_get_participant: getParticipant,
  mod_assign_get_assignments: handler<{ courseids: number[] }>(({ courseids }, context) => ({
    courses: courseids.map((id) => {
      const { fullname, shortname, timemodified } = requireCourse(context, id)
      const modules = [...context.state.modules.values()].filter(
        (cm) => cm.course === id && cm.modname === 'assign' && seen(context, cm),
      )
      return {
        id,
        fullname,
        shortname,
        timemodified,
        assignments: modules.map((cm) => assignment(cm, timemodified)),
      }
    }),
    warnings: [],
  })),
}
