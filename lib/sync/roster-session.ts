import { writeIds } from '../dialogue/id-list.ts'
import { cleanName } from '../dialogue/participant.ts'
import { type Roster, type RosterGroup, type RosterPerson, STUDENT } from '../dialogue/roster.ts'
import type { MoodleClient, Returns } from '../moodle/index.ts'
import type { AccountRow } from '../store/rows.ts'
import type { RosterAsk } from './roster.ts'
import { type RolesRead, readRoles } from './roster-tables.ts'

/*
 * Over a session no function tells everything, and the one that tells who is there shows more than it should: it knows
 * no separate groups and lists suspended people to everybody. Whom this account may see is what the participants page
 * shows it: everybody, the active ones, or its own groups'.
 */

type Way = MoodleClient<'session'>
type Enrolled = Returns<'core_course_get_enrolled_users_by_cmid'>['users'][number]

const GROUPS = 100
const PEOPLE = 1000

/** Any activity will do: what is asked by one answers for its course. */
async function anyActivity(way: Way, courseid: number): Promise<number | undefined> {
  const state = await way.call('core_courseformat_get_state', { courseid })
  const { cm = [] } = JSON.parse(state) as { cm?: { id?: string | number }[] }
  return cm[0]?.id === undefined ? undefined : Number(cm[0].id)
}

/** Where a course has no activity yet: slower, and it does not tell who is suspended. */
async function withoutActivity(way: Way, courseid: number): Promise<Enrolled[]> {
  const ask = { courseid, search: '', searchanywhere: true, page: 0, perpage: PEOPLE }
  return way.call('core_enrol_search_users', ask)
}

interface Enrolment {
  all: Enrolled[]
  active: Set<number>
}

/** Who is enrolled and not suspended, as a list of ids. */
export async function enrolledBySession(
  way: Way,
  courseid: number,
  cmid: number | undefined,
): Promise<string> {
  const active =
    cmid === undefined
      ? await withoutActivity(way, courseid)
      : (await way.call('core_course_get_enrolled_users_by_cmid', { cmid, onlyactive: true })).users
  return writeIds(active.map(({ id }) => id))
}

async function enrolment(way: Way, courseId: number, cmid: number | undefined): Promise<Enrolment> {
  if (cmid === undefined) {
    const all = await withoutActivity(way, courseId)
    return { all, active: new Set(all.map(({ id }) => id)) }
  }
  const [all, active] = await Promise.all([
    way.call('core_course_get_enrolled_users_by_cmid', { cmid }),
    way.call('core_course_get_enrolled_users_by_cmid', { cmid, onlyactive: true }),
  ])
  return { all: all.users, active: new Set(active.users.map(({ id }) => id)) }
}

interface Groups {
  groups: RosterGroup[]
  groupsKnown: boolean
}

/** Who may manage groups is told all; others those of a course that has a group mode. */
async function groupsIn(way: Way, courseid: number): Promise<Groups> {
  // What is likely to be refused comes last: Moodle answers nothing after a refusal.
  const [selector, all] = await Promise.allSettled([
    way.call('core_group_get_groups_for_selector', { courseid }),
    way.call('core_group_get_course_groups', { courseid }),
  ])
  const offered = selector.status === 'fulfilled' ? selector.value.groups : []
  const told = all.status === 'fulfilled' ? all.value : offered
  const groups = told.map(({ id, name }) => ({ id: Number(id), name })).filter(({ id }) => id > 0)
  return { groups: groups.slice(0, GROUPS), groupsKnown: all.status === 'fulfilled' || groups.length > 0 }
}

async function membersOf(way: Way, cmid: number | undefined, groups: RosterGroup[]) {
  if (cmid === undefined) return new Map<number, number[]>()
  const members = await Promise.all(
    groups.map(({ id }) => way.call('core_course_get_enrolled_users_by_cmid', { cmid, groupid: id })),
  )
  const groupIdsOf = new Map<number, number[]>()
  for (const [at, { users }] of members.entries())
    for (const { id } of users) groupIdsOf.set(id, [...(groupIdsOf.get(id) ?? []), groups[at]?.id ?? 0])
  return groupIdsOf
}

type Sight = Pick<RolesRead, 'shown' | 'count'>

/** Where the participants page shows nothing, the search still knows whom it may show. */
async function sightBySearch(way: Way, courseId: number, { active }: Enrolment): Promise<Sight> {
  const found = await withoutActivity(way, courseId).catch(() => [])
  const shown = new Set(found.map(({ id }) => id).filter((id) => active.has(id)))
  return { shown, count: shown.size }
}

/** Whom of all the enrolled the participants page shows to this account. */
function isShown(
  { all, active }: Enrolment,
  { shown, count }: Sight,
  groupIdsOf: Map<number, number[]>,
  me: number,
): (id: number) => boolean {
  if (shown) return (id) => shown.has(id)
  if (count === all.length) return () => true
  if (count === active.size) return (id) => active.has(id)
  // Separate groups: one's own.
  return (id) => id === me || (active.has(id) && groupIdsOf.has(id))
}

function personFrom(
  user: Enrolled,
  { active }: Enrolment,
  roles: RolesRead | undefined,
  groupIds: number[],
): RosterPerson {
  const { id, fullname, firstname, lastname, profileimage } = user
  const last = roles?.lastInCourse.get(id)
  const roleIds = roles?.roleIdsOf.get(id) ?? (roles?.othersAreStudents ? [STUDENT] : [])
  return {
    userId: id,
    fullName: cleanName(fullname ?? ''),
    ...(firstname ? { firstName: cleanName(firstname) } : {}),
    ...(lastname ? { lastName: cleanName(lastname) } : {}),
    ...(isOwnPicture(profileimage) ? { pictureUrl: profileimage } : {}),
    roleIds,
    groupIds,
    isSuspended: !active.has(id),
    ...(last ? { lastInCourse: last } : {}),
  }
}

/** The theme's outline of a head is not worth keeping five thousand times. */
export function isOwnPicture(url: string | null | undefined): url is string {
  return typeof url === 'string' && url !== '' && !url.includes('/theme/image.php')
}

/** Who is active and not shown, where only those of one's own groups are. */
function inOtherGroups(
  { active }: Enrolment,
  people: RosterPerson[],
  me: number,
): Pick<Roster, 'inOtherGroups'> {
  const own = new Set(people.find(({ userId }) => userId === me)?.groupIds)
  const isKept = people.every(({ userId, groupIds }) => userId === me || groupIds.some((id) => own.has(id)))
  const shown = new Set(people.map(({ userId }) => userId))
  const count = [...active].filter((id) => !shown.has(id)).length
  return isKept && count > 0 ? { inOtherGroups: count } : {}
}

export async function rosterBySession(
  way: Way,
  { userId }: AccountRow,
  { courseId, cmid }: RosterAsk,
): Promise<Omit<Roster, 'timeRead'>> {
  const activity = cmid ?? (await anyActivity(way, courseId))
  const [enrolled, { groups, groupsKnown }] = await Promise.all([
    enrolment(way, courseId, activity),
    groupsIn(way, courseId),
  ])
  const [groupIdsOf, roles] = await Promise.all([
    membersOf(way, activity, groups),
    readRoles(way, courseId, enrolled.all.length).catch(() => undefined),
  ])
  const sight = roles ?? (await sightBySearch(way, courseId, enrolled))
  const shown = isShown(enrolled, sight, groupIdsOf, userId)
  const people = enrolled.all
    .filter(({ id }) => shown(id))
    .map((user) => personFrom(user, enrolled, roles, groupIdsOf.get(user.id) ?? []))
  return {
    courseId,
    people,
    ...inOtherGroups(enrolled, people, userId),
    enrolled: writeIds(enrolled.active),
    ...(activity === undefined ? {} : { cmid: activity }),
    roles: roles?.roles ?? [],
    groups,
    rolesKnown: roles !== undefined,
    groupsKnown,
  }
}
