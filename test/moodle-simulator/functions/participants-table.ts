import { escapeText } from '../clean-html.ts'
import { codingError, invalidParameter, phpError } from '../errors.ts'
import { isEditingTeacherIn, isTeacherIn } from '../permission.ts'
import { fullname } from '../state.ts'
import { type Course, type Enrolment, type Group, roleIds, roleNames, type User } from '../types.ts'
import { requireCourse } from './courses.ts'
import { type Context, handler } from './handler.ts'
import { groupsOf } from './people.ts'

type Filter = { name: string; jointype: number; values: unknown[] }

type TableArgs = {
  component: string
  handler: string
  uniqueid: string
  sortdata?: unknown[]
  filters?: Filter[]
  firstinitial: string
  lastinitial: string
  pagenumber: number
  pagesize: number
}

const NONE = 0
const SEPARATE_GROUPS = 1
const DAY = 86_400

/** Whom the participants page shows: one's own groups where they are separate, the active ones where one may not review. */
export function shownIn({ state, user }: Context, course: Course): Enrolment[] {
  const all = [...course.enrolments.values()].filter(({ userid }) => !state.users.get(userid)?.deleted)
  if (user.siteadmin || isEditingTeacherIn(state, course.id, user.id)) return all
  const active = all.filter(({ suspended }) => !suspended)
  if (course.groupmode !== SEPARATE_GROUPS) return active
  const own = groupsOf(state, course.id, user.id)
  if (own.length === 0) throw codingError('User must be part of a group to filter by participants.')
  return active.filter(({ userid }) => own.some(({ members }) => members.has(userid)))
}

const attribute = (value: unknown): string =>
  escapeText(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('"', '&quot;')

const optionsFor = (options: { key: number; value: string }[]): string =>
  attribute({ options, attributes: { multiple: true } })

/** Who may change it gets the ids along, everybody else the words alone. */
function editable(
  may: boolean,
  cell: {
    itemtype: string
    itemid: string
    ids: number[]
    options: { key: number; value: string }[]
    words: string
  },
): string {
  if (!may) return cell.words
  return (
    `<span class="inplaceeditable inplaceeditable-autocomplete" data-inplaceeditable="1" data-itemtype="${cell.itemtype}" ` +
    `data-itemid="${cell.itemid}" data-value="${attribute(cell.ids.map(String))}" data-type="autocomplete" ` +
    `data-options="${optionsFor(cell.options)}">\n <a href="#" class="quickeditlink aalink" data-inplaceeditablelink="1">\n ` +
    `${cell.words}\n <span class="quickediticon visibleifjs"><i class="icon fa fa-pen" role="img"></i></span></a></span>`
  )
}

function ago(seconds: number): string {
  const days = Math.floor(seconds / DAY)
  const hours = Math.floor((seconds % DAY) / 3600)
  if (days > 0) return `${days} ${days === 1 ? 'day' : 'days'} ${hours} hours`
  return hours > 0
    ? `${hours} hours ${Math.floor((seconds % 3600) / 60)} mins`
    : `${Math.floor(seconds / 60)} mins`
}

type Cells = Record<string, string>

function cellsOf(context: Context, course: Course, row: Enrolment, user: User, all: Group[]): Cells {
  const { state, user: viewer } = context
  const edits = viewer.siteadmin || isEditingTeacherIn(state, course.id, viewer.id)
  const name = escapeText(fullname(user))
  const groups = groupsOf(state, course.id, user.id)
  const access = user.courseaccess.get(course.id)
  const itemid = `${course.id}:${user.id}`
  const assignable = (['teacher', 'student'] as const).map((role) => ({
    key: roleIds[role],
    value: roleNames[role],
  }))
  const status = row.suspended ? 'Suspended' : 'Active'
  return {
    select: `<input id="user${user.id}" name="user${user.id}" type="checkbox" class="usercheckbox m-1" value="" data-action="toggle"> <label for="user${user.id}" class="accesshide">Select '${name}'</label>`,
    fullname: `<a href="${state.wwwroot}/user/view.php?id=${user.id}&amp;course=${course.id}" class="d-inline-block aabtn"><span class="userinitials size-35" role="img">${name.slice(0, 1)}</span>${name}</a>`,
    ...(edits || isTeacherIn(state, course.id, viewer.id) ? { email: escapeText(user.email) } : {}),
    roles: editable(edits, {
      itemtype: 'user_roles',
      itemid,
      ids: [roleIds[row.role]],
      options: assignable,
      words: roleNames[row.role],
    }),
    groups: editable(edits && all.length > 0, {
      itemtype: 'user_groups',
      itemid,
      ids: groups.map(({ id }) => id),
      options: all.map(({ id, name: value }) => ({ key: id, value })),
      words: groups.map((group) => escapeText(group.name)).join(', ') || 'No groups',
    }),
    lastaccess: access === undefined ? 'Never' : ago(state.clock.now() - access),
    ...(edits ? { status: `<div data-status="${status}"><span class="badge">${status}</span></div>` } : {}),
  }
}

const headOf = (names: string[]): string =>
  names
    .map(
      (name, at) =>
        `<th class="header c${at}" scope="col">${name}<div class="commands">${at === 0 ? '' : `<a title="Hide" data-action="hide" data-column="${name}" role="button" href="#"></a>`}</div></th>`,
    )
    .join('')

function rowOf(courseid: number, at: number, names: string[], cells: Cells | undefined): string {
  const id = `user-index-participants-${courseid}_r${at}`
  const tag = (name: string) => (name === 'fullname' ? 'th' : 'td')
  const inner = names.map(
    (name, c) => `<${tag(name)} class="cell c${c}" id="${id}_c${c}">${cells?.[name] ?? ''}</${tag(name)}>`,
  )
  return `<tr class="${cells ? '' : 'emptyrow'}" id="${id}">${inner.join('')}</tr>`
}

function filtered(rows: Enrolment[], filters: Filter[]): Enrolment[] {
  const roles = filters.find(({ name }) => name === 'roles')
  if (!roles) return rows
  const wanted = new Set(roles.values.map(Number))
  return rows.filter((row) => wanted.has(roleIds[row.role]) !== (roles.jointype === NONE))
}

/** Parameters are handed on by position, so none may be left out; numbers over a form are strings, and refused. */
export const dynamicTable = handler<TableArgs>((args, context) => {
  if (args.component !== 'core_user' || args.handler !== 'participants') {
    throw invalidParameter('Table handler class not found.')
  }
  const { sortdata, filters } = args
  if (!sortdata || !filters) throw phpError('Argument #5 ($filters) must be of type ?array, int given')
  if (filters.some((filter) => filter.values.some((value) => typeof value === 'string'))) {
    throw phpError("The value supplied was of type 'string'. An integer was expected.")
  }
  const course = requireCourse(
    context,
    Number(filters.find(({ name }) => name === 'courseid')?.values[0] ?? 0),
  )
  const rows = filtered(shownIn(context, course), filters)
  const size = args.pagesize > 0 ? args.pagesize : 20
  const page = rows.slice(Math.max(0, args.pagenumber - 1) * size, Math.max(1, args.pagenumber) * size)
  return { html: htmlOf(context, course, { page, total: rows.length, size }), warnings: [] }
})

function htmlOf(
  context: Context,
  course: Course,
  shown: { page: Enrolment[]; total: number; size: number },
): string {
  const { page, total, size } = shown
  const groups = [...context.state.groups.values()].filter(({ courseid }) => courseid === course.id)
  const cells = page.flatMap((row) => {
    const user = context.state.users.get(row.userid)
    return user ? [cellsOf(context, course, row, user, groups)] : []
  })
  const names = Object.keys(cells[0] ?? { select: '', fullname: '', roles: '', groups: '', lastaccess: '' })
  // Moodle fills the page up with empty rows, whatever the size asked for.
  const body = Array.from({ length: total === 0 ? 0 : size }, (_none, at) =>
    rowOf(course.id, at, names, cells[at]),
  )
  return (
    `<div class="table-dynamic position-relative" data-region="core_table/dynamic" data-table-handler="participants" ` +
    `data-table-component="core_user" data-table-uniqueid="user-index-participants-${course.id}" data-table-total-rows="${total}">` +
    `<table id="participants" class="flexible table table-striped table-hover generaltable generalbox"><thead><tr>${headOf(names)}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
  )
}
