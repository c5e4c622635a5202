import {
  type ParticipantsRow,
  type ParticipantsTable,
  readParticipants,
} from '../dialogue/participants-table.ts'
import { EDITING_TEACHER, isTeacherRole, type RosterRole, STUDENT, TEACHER } from '../dialogue/roster.ts'
import type { MoodleClient, Params } from '../moodle/index.ts'

/*
 * The participants page's own table tells roles. It is dear: two to five kilobytes of HTML a row, and empty rows up to
 * the size asked for. So of a small course everybody is asked for, of a large one those who are not students.
 */
const SMALL = 100
const TEACHERS = 20

const ANY = 1
const ALL = 2
const NONE = 0

type Filter = Params<'core_table_get_dynamic_table_content'>['filters'][number]

function ofRole(jointype: number, roleId: number): Filter {
  return { name: 'roles', jointype, values: [roleId] }
}

async function table(
  moodle: MoodleClient,
  courseId: number,
  pagesize: number,
  filter?: Filter,
): Promise<ParticipantsTable> {
  const filters = [{ name: 'courseid', jointype: ANY, values: [courseId] }, ...(filter ? [filter] : [])]
  const { html } = await moodle.call('core_table_get_dynamic_table_content', {
    component: 'core_user',
    handler: 'participants',
    uniqueid: `user-index-participants-${courseId}`,
    sortdata: [{ sortby: 'lastname', sortorder: '4' }],
    filters,
    jointype: ALL,
    firstinitial: '',
    lastinitial: '',
    pagenumber: 1,
    pagesize,
    hiddencolumns: [],
    resetpreferences: false,
  })
  return readParticipants(html)
}

export interface RolesRead {
  roles: RosterRole[]
  roleIdsOf: Map<number, number[]>
  /** Of a small course: exactly those whom the participants page shows to this account. */
  shown?: Set<number>
  /** How many people it shows. */
  count: number
  lastInCourse: Map<number, string>
  /** Of a large course: who is not among these is a student. */
  othersAreStudents?: true
}

/** The name of a role by a row of somebody who has no other. */
function nameIn({ rows, roleNames }: ParticipantsTable, roleId: number): string | undefined {
  return roleNames.get(roleId) ?? rows.find(({ roles }) => roles && !roles.includes(', '))?.roles
}

type ByRole = Map<number, ParticipantsTable>

function rolesIn(tables: ByRole, all: ParticipantsTable): RosterRole[] {
  const names = new Map(all.roleNames)
  for (const [id, one] of tables) {
    const name = nameIn(one, id)
    if (one.total > 0 && name !== undefined) names.set(id, name)
  }
  for (const { roleIds, roles } of all.rows)
    if (roleIds?.length === 1 && roleIds[0] !== undefined && roles) names.set(roleIds[0], roles)
  return [...names]
    .sort(([a], [b]) => a - b)
    .map(([id, name]) => ({ id, name, isTeacher: isTeacherRole(id) }))
}

/** Who may change roles is told their ids; for everybody else the words have to do. */
function idsOf({ roleIds, roles = '' }: ParticipantsRow, idByName: Map<string, number>): number[] {
  return roleIds ?? roles.split(', ').flatMap((name) => idByName.get(name) ?? [])
}

function putTogether(tables: ByRole, main: ParticipantsTable, isWhole: boolean): RolesRead {
  const roles = rolesIn(tables, main)
  const idByName = new Map(roles.map(({ id, name }) => [name, id]))
  const roleIdsOf = new Map<number, number[]>()
  for (const row of main.rows) roleIdsOf.set(row.userId, idsOf(row, idByName))
  for (const [id, { rows }] of tables)
    for (const { userId } of rows) roleIdsOf.set(userId, [...new Set([...(roleIdsOf.get(userId) ?? []), id])])
  const told = [main, ...tables.values()].flatMap(({ rows }) => rows)
  return {
    roles,
    roleIdsOf,
    ...(isWhole ? { shown: new Set(main.rows.map(({ userId }) => userId)) } : {}),
    count: isWhole ? main.total : main.total + (tables.get(STUDENT)?.total ?? 0),
    lastInCourse: new Map(
      told.flatMap(({ userId, lastInCourse }) => (lastInCourse ? [[userId, lastInCourse]] : [])),
    ),
  }
}

/** Roles as the participants page shows them; all its tables travel in one request. `people`: about how many there are. */
export async function readRoles(moodle: MoodleClient, courseId: number, people: number): Promise<RolesRead> {
  const isSmall = people <= SMALL
  const [main, editing, teachers, students] = await Promise.all([
    isSmall
      ? table(moodle, courseId, Math.max(people, 1))
      : table(moodle, courseId, SMALL, ofRole(NONE, STUDENT)),
    table(moodle, courseId, TEACHERS, ofRole(ANY, EDITING_TEACHER)),
    table(moodle, courseId, TEACHERS, ofRole(ANY, TEACHER)),
    table(moodle, courseId, 1, ofRole(ANY, STUDENT)),
  ])
  const tables: ByRole = new Map([
    [EDITING_TEACHER, editing],
    [TEACHER, teachers],
    [STUDENT, students],
  ])
  const read = putTogether(tables, main, isSmall && main.rows.length === main.total)
  return { ...read, ...(isSmall || main.rows.length < main.total ? {} : { othersAreStudents: true }) }
}
