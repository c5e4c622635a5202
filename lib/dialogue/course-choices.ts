import type { About } from './draft.ts'
import {
  isTeacherIn,
  personIn,
  type Roster,
  type RosterGroup,
  type RosterGrouping,
  type RosterRole,
} from './roster.ts'

/** What a rule may choose of a course. */
export interface CourseChoices {
  courseId: number
  /** Without oneself and whom the course shuts out. */
  people: number
  roles: (RosterRole & { count: number })[]
  groups: (RosterGroup & { count: number })[]
  /** Absent where the site does not tell this account what they stand for. */
  groupings?: (RosterGroup & { count: number })[]
  rolesKnown: boolean
  groupsKnown: boolean
  inNoGroup: number
  /** The site says when people were last in the course. */
  lastKnown: boolean
  isTeacher: boolean
  /** Over a session, the assignments (cmids) of which it is told who has submitted; absent: of each. */
  assignmentsKnown?: number[]
  /** Notes of the course can be read, so that rules can be shared in them. */
  notesKnown: boolean
  /** What a rule may be about, by name. */
  pages: About[]
}

export function courseChoices(
  roster: Roster,
  me: number,
  pages: About[],
  told: Pick<CourseChoices, 'assignmentsKnown' | 'notesKnown'> & { groupings?: RosterGrouping[] | undefined },
): CourseChoices {
  const { groupings, assignmentsKnown, notesKnown } = told
  const people = roster.people.filter(({ userId, isSuspended }) => userId !== me && !isSuspended)
  const having = (key: 'roleIds' | 'groupIds', id: number) =>
    people.filter((person) => person[key].includes(id)).length
  const inAny = (ids: number[]) =>
    people.filter(({ groupIds }) => groupIds.some((id) => ids.includes(id))).length
  return {
    courseId: roster.courseId,
    people: people.length,
    roles: roster.roles.map((role) => ({ ...role, count: having('roleIds', role.id) })),
    groups: roster.groups.map((group) => ({ ...group, count: having('groupIds', group.id) })),
    ...(groupings
      ? { groupings: groupings.map(({ id, name, groupIds }) => ({ id, name, count: inAny(groupIds) })) }
      : {}),
    rolesKnown: roster.rolesKnown,
    groupsKnown: roster.groupsKnown,
    inNoGroup: people.filter(({ groupIds }) => groupIds.length === 0).length,
    lastKnown: people.some(({ timeLastInCourse }) => timeLastInCourse !== undefined),
    isTeacher: isTeacherIn(roster, personIn(roster, me)),
    ...(assignmentsKnown ? { assignmentsKnown } : {}),
    notesKnown,
    pages,
  }
}

/** Whether nothing of this assignment can be asked, because nobody has opened its grader here yet. */
export function waitsForGrader(choices: CourseChoices | undefined, cmid: number): boolean {
  return choices?.assignmentsKnown !== undefined && !choices.assignmentsKnown.includes(cmid)
}
