import type { PageAsk, PagePeople } from '../dialogue/page-people.ts'
import { type Habit, offeredBy } from '../dialogue/permission.ts'
import { isTeacherIn, personIn, type Roster } from '../dialogue/roster.ts'
import { forgetLate } from '../store/accounts.ts'
import { peopleOf, putPeople, reachKnownSince } from '../store/people.ts'
import { noteAssignment } from '../store/places.ts'
import { habitOf, rosterHeld } from '../store/roster.ts'
import type { AccountRow, CourseRow } from '../store/rows.ts'
import { learnCourse } from './places.ts'
import { askReach, REACH_BATCH } from './reach.ts'
import { type Connection, isTrouble, type World } from './world.ts'

const REACH_FRESH = 3600
const HIDDEN_FRESH = 600

async function learnReach(
  world: World,
  connection: Connection,
  account: AccountRow,
  ids: number[],
): Promise<void> {
  if (ids.length === 0) return
  const { people } = await askReach(connection, account, ids)
  const timeReachAsked = world.serverTime(account)
  await putPeople(
    world.store,
    account.id,
    people.map((person) => ({ ...person, timeReachAsked })),
  )
}

async function courseRow(
  world: World,
  account: AccountRow,
  { courseId }: PageAsk,
): Promise<CourseRow | undefined> {
  return courseId === undefined ? undefined : world.store.courses.get([account.id, courseId])
}

/** One request at most: whoever is not known, and the course's activities where the page is one of them. */
async function learn(world: World, account: AccountRow, ask: PageAsk, unknown: number[]): Promise<void> {
  const course = await courseRow(world, account, ask)
  const isDue = (course?.timePlacesRead ?? 0) < world.serverTime(account) - HIDDEN_FRESH
  const dueId = ask.cmid !== undefined && isDue ? course?.id : undefined
  if (unknown.length === 0 && dueId === undefined) return
  const connection = await world.connect(account)
  if (isTrouble(connection)) return
  await Promise.all([
    learnReach(world, connection, account, unknown.slice(0, REACH_BATCH)),
    dueId === undefined ? undefined : learnCourse(world, connection, account, dueId),
  ])
}

async function learnAssignment(world: World, account: AccountRow, ask: PageAsk): Promise<void> {
  const { courseId, cmid, assignmentId } = ask
  if (courseId === undefined || cmid === undefined || assignmentId === undefined) return
  const isNews = await noteAssignment(world.store, account.id, { courseId, cmid, assignmentId })
  if (isNews) world.changed(account.id, ['people'])
}

/** Whom the course's habit lets this account write to; everybody, where its roles are not known. */
function offered(roster: Roster | undefined, habit: Habit | undefined, me: number): (id: number) => boolean {
  if (!roster || !habit) return () => true
  const isOffered = offeredBy(habit, roster, me)
  return (id) => {
    const person = personIn(roster, id)
    return person === undefined || isOffered(person)
  }
}

async function courseRules({ store }: World, { id, userId }: AccountRow, courseId: number | undefined) {
  const [roster, habit] = await Promise.all([
    courseId === undefined ? undefined : rosterHeld(store, id, courseId),
    habitOf(store, id, courseId),
  ])
  return {
    isOffered: offered(roster, habit, userId),
    ...(roster?.rolesKnown ? { isTeacher: isTeacherIn(roster, personIn(roster, userId)) } : {}),
  }
}

export async function pagePeople(world: World, account: AccountRow, ask: PageAsk): Promise<PagePeople> {
  const { store } = world
  const ids = [...new Set(ask.personIds)].filter((id) => id !== account.userId)
  const known = await reachKnownSince(store, account.id, ids, world.serverTime(account) - REACH_FRESH)
  const unknown = ids.filter((id) => !known.has(id))
  await learn(world, account, ask, unknown).catch(() => undefined)
  await learnAssignment(world, account, ask)
  await forgetLate(store, account).catch(() => undefined)
  const { isOffered, ...rules } = await courseRules(world, account, ask.courseId)
  const people = await peopleOf(store, account.id, ids.filter(isOffered))
  const course = await courseRow(world, account, ask)
  return {
    people: [...people.values()].filter(({ canMessage, isDeleted }) => canMessage === true && !isDeleted),
    isHidden: ask.cmid !== undefined && (course?.hiddenCmids ?? []).includes(ask.cmid),
    ...(course ? { courseName: course.name } : {}),
    ...rules,
  }
}
