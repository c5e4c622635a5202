/** The people of a course as one account may see them: what the picker offers and what rules count on. */
export interface Roster {
  courseId: number
  /** Oneself among them. */
  people: RosterPerson[]
  roles: RosterRole[]
  groups: RosterGroup[]
  /** Whom separate groups keep from this account; absent where nobody is, or the site does not count them. */
  inOtherGroups?: number
  /** Who is enrolled, as a list of ids, in whatever way is cheapest to ask again. */
  enrolled?: string
  /** The activity over which that is asked again, where one is needed. */
  cmid?: number
  /** Server time at which it was last compared, and they were the same. */
  timeCompared?: number
  /** False: the site tells this account nobody's role; `roles` and every `roleIds` are empty then. */
  rolesKnown: boolean
  /** False: the site tells this account nobody's group. */
  groupsKnown: boolean
  /** Server time. */
  timeRead: number
}

export interface RosterPerson {
  userId: number
  fullName: string
  firstName?: string
  lastName?: string
  pictureUrl?: string
  roleIds: number[]
  groupIds: number[]
  /** Enrolled, but shut out. Whom such people are hidden from does not have them in `people` at all. */
  isSuspended: boolean
  /** 0: never. Absent where the site does not say, or says it in words only. */
  timeLastInCourse?: number
  /** The site's own words, "2 days 3 hours" ago, where it gives no time. */
  lastInCourse?: string
}

type LastInCourse = Pick<RosterPerson, 'timeLastInCourse' | 'lastInCourse'>

/** Whether it is known that they were there: the site's words for a time have a number in them, in any language. */
function wasThere({ timeLastInCourse = 0, lastInCourse = '' }: LastInCourse): boolean {
  return timeLastInCourse > 0 || /\p{Nd}/u.test(lastInCourse)
}

/** Where nobody was ever seen, the site keeps no such times, and "never" would be said of everybody. */
export function tellsLast(people: readonly LastInCourse[]): boolean {
  return people.some(wasThere)
}

export interface RosterRole {
  id: number
  /** As the course calls it, in this account's language. */
  name: string
  isTeacher: boolean
}

export interface RosterGroup {
  id: number
  name: string
}

/** A set of groups under one name. */
export interface RosterGrouping extends RosterGroup {
  groupIds: number[]
}

/** Roles that every Moodle is born with; sites may rename them and add others. */
export const MANAGER = 1
export const EDITING_TEACHER = 3
export const TEACHER = 4
export const STUDENT = 5

export function isTeacherRole(roleId: number, shortName?: string): boolean {
  if (shortName !== undefined) return /^(manager|(editing)?teacher)$/.test(shortName)
  return roleId === MANAGER || roleId === EDITING_TEACHER || roleId === TEACHER
}

export function personIn({ people }: Roster, userId: number): RosterPerson | undefined {
  return people.find((person) => person.userId === userId)
}

/** Whether the site shows this person as one of the course's teachers. */
export function isTeacherIn({ roles }: Pick<Roster, 'roles'>, person: RosterPerson | undefined): boolean {
  const teaching = new Set(roles.filter(({ isTeacher }) => isTeacher).map(({ id }) => id))
  return person?.roleIds.some((id) => teaching.has(id)) ?? false
}

/** A whole group or role, chosen at once. */
export type WholeKind = 'group' | 'role'

export function membersOf({ people }: Roster, kind: WholeKind, id: number): RosterPerson[] {
  return people.filter((person) => (kind === 'group' ? person.groupIds : person.roleIds).includes(id))
}
