import type { Participant } from '../dialogue/participant.ts'
import { EDITING_TEACHER, isTeacherIn, personIn, type Roster, type RosterPerson } from '../dialogue/roster.ts'
import { forgetLate } from '../store/accounts.ts'
import type { AccountRow } from '../store/rows.ts'
import { pagePeople } from './page-people.ts'
import { rosterOf } from './roster.ts'
import { isTrouble, type World } from './world.ts'

/** Teachers come and go by the term. */
const FRESH = 86_400
/** A question to more than these is a message to many, which the person chooses for themselves. */
const MOST = 5

/** Those who run the course, where there are such; else whoever teaches there. */
function asked(roster: Roster, me: number): RosterPerson[] {
  const teachers = roster.people.filter(
    (person) => isTeacherIn(roster, person) && person.userId !== me && !person.isSuspended,
  )
  const editing = teachers.filter(({ roleIds }) => roleIds.includes(EDITING_TEACHER))
  return (editing.length > 0 ? editing : teachers).slice(0, MOST)
}

/** Whom a student asks about the course's activities; nobody for those who teach there themselves. */
export async function courseTeachers(
  world: World,
  account: AccountRow,
  courseId: number,
): Promise<Participant[]> {
  const connection = await world.connect(account)
  if (isTrouble(connection)) return []
  const roster = await rosterOf(world, connection, account, { courseId, maxAge: FRESH }).finally(() =>
    forgetLate(world.store, account).catch(() => undefined),
  )
  if (isTeacherIn(roster, personIn(roster, account.userId))) return []
  const personIds = asked(roster, account.userId).map(({ userId }) => userId)
  return (await pagePeople(world, account, { personIds, courseId })).people
}
