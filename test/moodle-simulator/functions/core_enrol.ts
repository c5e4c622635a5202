import { escapeText } from '../clean-html.ts'
import { invalidParameter, noPermission, phpError } from '../errors.ts'
import { isTeacherIn } from '../permission.ts'
import { fullname } from '../state.ts'
import { type Enrolment, roleIds, roleNames, type User } from '../types.ts'
import { preferencesOf } from './core_user.ts'
import { requireCourse, requireModule } from './courses.ts'
import { type Context, type Handlers, handler } from './handler.ts'
import { enrolledCourses, groupsOf, pictures, rolesIn, userSummary } from './people.ts'

type FindArgs = { courseid: number; search: string; searchanywhere: boolean; page: number; perpage: number }

function found(context: Context, args: FindArgs): User[] {
  const wanted = args.search.toLowerCase()
  const users = [...requireCourse(context, args.courseid).enrolments.keys()].flatMap(
    (id) => context.state.users.get(id) ?? [],
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
  return [...requireCourse(context, courseid).enrolments.values()]
    .filter((row) => !(active && row.suspended) && (!group || group.members.has(row.userid)))
    .slice(from, limit > 0 ? from + limit : undefined)
    .flatMap((row) => context.state.users.get(row.userid) ?? [])
    .map((user) => enrolledUser(context, courseid, user))
})

type TableArgs = {
  component: string
  handler: string
  uniqueid: string
  sortdata?: unknown[]
  filters?: { name: string; values: unknown[] }[]
  firstinitial: string
  lastinitial: string
  pagenumber: number
  pagesize: number
}

const cell = (at: number, html: string): string => `<td class="cell c${at}">${html}</td>`

function tableRow(context: Context, courseid: number, row: Enrolment, at: number): string {
  const user = context.state.users.get(row.userid)
  if (!user) return ''
  const name = escapeText(fullname(user))
  const groups = groupsOf(context.state, courseid, user.id).map((group) => group.name)
  const href = `${context.state.wwwroot}/user/view.php?id=${user.id}&amp;course=${courseid}`
  const check = `<input type="checkbox" class="form-check-input usercheckbox" id="user${user.id}" name="user${user.id}" aria-label="Select '${name}'">`
  return (
    `<tr class="" id="user-index-participants-${courseid}_r${at}">${cell(0, check)}` +
    `<th class="cell c1" scope="row"><a href="${href}" class="d-inline-block aabtn">${name}</a></th>` +
    cell(2, escapeText(user.email)) +
    cell(
      3,
      `<span class="inplaceeditable" data-itemtype="user_roles" data-itemid="${courseid}:${user.id}" data-value="[&quot;${roleIds[row.role]}&quot;]">${roleNames[row.role]}</span>`,
    ) +
    cell(4, groups.map(escapeText).join(', ')) +
    `${cell(5, row.suspended ? 'Suspended' : 'Active')}</tr>`
  )
}

/** Parameters are handed on by position, so none may be left out; numbers over a form are strings, and refused. */
const dynamicTable = handler<TableArgs>((args, context) => {
  if (args.component !== 'core_user' || args.handler !== 'participants') {
    throw invalidParameter('Table handler class not found.')
  }
  const { sortdata, filters } = args
  if (!sortdata || !filters) throw phpError('Argument #5 ($filters) must be of type ?array, int given')
  if (filters.some((filter) => filter.values.some((value) => typeof value === 'string'))) {
    throw phpError("The value supplied was of type 'string'. An integer was expected.")
  }
  const values = (name: string) => filters.find((filter) => filter.name === name)?.values ?? []
  const course = requireCourse(context, Number(values('courseid')[0] ?? 0))
  const wanted = new Set(values('roles').map(Number))
  const rows = [...course.enrolments.values()].filter(
    (row) => wanted.size === 0 || wanted.has(roleIds[row.role]),
  )
  const size = args.pagesize > 0 ? args.pagesize : 20
  const page = rows.slice(Math.max(0, args.pagenumber - 1) * size, Math.max(1, args.pagenumber) * size)
  const body = page.map((row, at) => tableRow(context, course.id, row, at)).join('')
  const heads = ['Select all', 'First name / Last name', 'Email address', 'Roles', 'Groups', 'Status']
  const head = heads.map((text, at) => `<th class="header c${at}" scope="col">${text}</th>`).join('')
  const html =
    `<div class="table-dynamic position-relative" data-region="core_table/dynamic" data-table-handler="participants" ` +
    `data-table-component="core_user" data-table-uniqueid="${args.uniqueid}" data-table-total-rows="${rows.length}">` +
    `<table id="participants" class="flexible table table-striped table-hover generaltable generalbox"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`
  return { html, warnings: [] }
})

type ParticipantArgs = {
  assignid: number
  groupid: number
  filter: string
  skip: number
  limit: number
  onlyids: boolean
}

const listParticipants = handler<ParticipantArgs>((args, context) => {
  const cm = [...context.state.modules.values()].find(
    (row) => row.modname === 'assign' && row.instance === args.assignid,
  )
  if (!cm) throw invalidParameter('assignid')
  const course = requireCourse(context, requireModule(context, cm.id).course)
  if (!isTeacherIn(context.state, course.id, context.user.id)) throw noPermission('View grades')
  const group = context.state.groups.get(args.groupid)
  const users = [...course.enrolments.values()]
    .filter((row) => row.role === 'student' && !row.suspended && (!group || group.members.has(row.userid)))
    .flatMap((row) => context.state.users.get(row.userid) ?? [])
    .filter((user) => fullname(user).toLowerCase().includes(args.filter.toLowerCase()))
    .toSorted((a, b) => (a.lastname < b.lastname ? -1 : 1))
    .slice(args.skip, args.limit > 0 ? args.skip + args.limit : undefined)
  return users.map((user) => participant(context, args, course.id, user))
})

function participant(context: Context, args: ParticipantArgs, courseid: number, user: User) {
  const status = context.state.submissions.get(`${args.assignid}:${user.id}`)
  const signals = {
    submitted: status?.submitted ?? false,
    requiregrading: status?.requiregrading ?? false,
    grantedextension: status?.grantedextension ?? false,
    submissionstatus: status?.submissionstatus ?? '',
  }
  if (args.onlyids) return { id: user.id, fullname: fullname(user), recordid: -1, ...signals }
  const groups = groupsOf(context.state, courseid, user.id)
  return {
    ...userSummary(user),
    suspended: user.suspended,
    ...pictures(context.state),
    recordid: -1,
    groups: groups.map(({ id, name }) => ({ id, name, description: '' })),
    roles: rolesIn(context.state, courseid, user.id),
    enrolledcourses: enrolledCourses(context.state, user.id),
    ...signals,
  }
}

type DialogueArgs = Omit<FindArgs, 'courseid'> & { cmid: number }

export const enrolFunctions: Handlers = {
  core_enrol_search_users: searchUsers,
  core_enrol_get_potential_users: potentialUsers,
  core_enrol_get_enrolled_users: getEnrolledUsers,
  core_table_get_dynamic_table_content: dynamicTable,
  mod_assign_list_participants: listParticipants,
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
