import { writeIds } from '../dialogue/id-list.ts'
import { cleanName } from '../dialogue/participant.ts'
import { isTeacherRole, type Roster, type RosterPerson, type RosterRole } from '../dialogue/roster.ts'
import type { MoodleClient, Returns } from '../moodle/index.ts'
import type { AccountRow } from '../store/rows.ts'
import type { RosterAsk } from './roster.ts'
import { isOwnPicture } from './roster-session.ts'
import { readRoles } from './roster-tables.ts'

/* Over a token one function tells nearly everything, and respects separate groups. */

type Way = MoodleClient<'rest'>
type Enrolled = Returns<'core_enrol_get_enrolled_users'>[number]

const FIELDS = 'id,fullname,firstname,lastname,profileimageurlsmall,groups,roles,lastcourseaccess'

function enrolled(way: Way, courseid: number, options: Record<string, string>): Promise<Enrolled[]> {
  const named = Object.entries(options).map(([name, value]) => ({ name, value }))
  return way.call('core_enrol_get_enrolled_users', { courseid, options: named })
}

function personFrom(user: Enrolled, isSuspended: boolean): RosterPerson {
  const { id, fullname, firstname, lastname, profileimageurlsmall, lastcourseaccess } = user
  return {
    userId: id,
    fullName: cleanName(fullname),
    ...(firstname ? { firstName: cleanName(firstname) } : {}),
    ...(lastname ? { lastName: cleanName(lastname) } : {}),
    ...(isOwnPicture(profileimageurlsmall) ? { pictureUrl: profileimageurlsmall } : {}),
    roleIds: user.roles?.map(({ roleid }) => roleid) ?? [],
    groupIds: user.groups?.map((group) => group.id) ?? [],
    isSuspended,
    ...(typeof lastcourseaccess === 'number' ? { timeLastInCourse: lastcourseaccess } : {}),
  }
}

function rolesOf(users: Enrolled[]): RosterRole[] {
  const roles = users.flatMap((user) => user.roles ?? [])
  return [...new Map(roles.map((role) => [role.roleid, role])).values()]
    .sort((a, b) => a.roleid - b.roleid)
    .map(({ roleid, name, shortname }) => ({
      id: roleid,
      // Moodle names its own roles in no answer of this function.
      name: name ?? '',
      isTeacher: isTeacherRole(roleid, shortname),
    }))
}

const ONLY_ACTIVE = { onlyactive: '1', userfields: 'id' }

/** Who is enrolled and not suspended, as a list of ids; to whom that is not told, all of them. */
export async function enrolledByToken(way: Way, courseId: number): Promise<string> {
  const all = () => enrolled(way, courseId, { userfields: 'id' })
  return writeIds((await enrolled(way, courseId, ONLY_ACTIVE).catch(all)).map(({ id }) => id))
}

/** Who is suspended is told to those who may review enrolments; to others the participants page shows only the active. */
async function activeOnes(way: Way, courseId: number, all: Enrolled[]) {
  const told = await enrolled(way, courseId, ONLY_ACTIVE).catch(() => undefined)
  if (told) return { active: new Set(told.map(({ id }) => id)), others: 'suspended' as const }
  const { shown } = await readRoles(way, courseId, all.length).catch(() => ({ shown: undefined }))
  return { active: shown ?? new Set(all.map(({ id }) => id)), others: 'hidden' as const }
}

/** How many are enrolled, whatever groups they are in. */
async function countByToken(way: Way, userid: number, courseId: number): Promise<number | undefined> {
  const courses = await way
    .call('core_enrol_get_users_courses', { userid, returnusercount: true })
    .catch(() => [])
  return courses.find(({ id }) => id === courseId)?.enrolledusercount ?? undefined
}

/** Nobody is kept from somebody who sees people outside their own groups. */
function inOtherGroups(all: Enrolled[], me: number, count = 0): Pick<Roster, 'inOtherGroups'> {
  const idsOf = (user: Enrolled | undefined) => user?.groups?.map(({ id }) => id) ?? []
  const own = new Set(idsOf(all.find(({ id }) => id === me)))
  const isKept = all.every((user) => user.id === me || idsOf(user).some((id) => own.has(id)))
  return isKept && count > all.length ? { inOtherGroups: count - all.length } : {}
}

export async function rosterByToken(
  way: Way,
  { userId }: AccountRow,
  { courseId }: RosterAsk,
): Promise<Omit<Roster, 'timeRead'>> {
  const [all, enrolledCount, allGroups] = await Promise.all([
    enrolled(way, courseId, { userfields: FIELDS }),
    countByToken(way, userId, courseId),
    way.call('core_group_get_course_groups', { courseid: courseId }).catch(() => undefined),
  ])
  const { active, others } = await activeOnes(way, courseId, all)
  const people = all
    .filter(({ id }) => active.has(id) || others === 'suspended')
    .map((user) => personFrom(user, !active.has(user.id)))
  const ofPeople = all.flatMap((user) => user.groups ?? [])
  const named = [...(allGroups ?? []), ...ofPeople].map(({ id, name }) => [id, { id, name }] as const)
  const groups = [...new Map(named).values()]
  const roles = rolesOf(all)
  return {
    courseId,
    people,
    ...inOtherGroups(all, userId, enrolledCount),
    enrolled: writeIds(others === 'suspended' ? active : all.map(({ id }) => id)),
    roles,
    groups,
    rolesKnown: roles.length > 0,
    groupsKnown: groups.length > 0 || allGroups !== undefined,
  }
}
