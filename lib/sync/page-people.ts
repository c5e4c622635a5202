import type { PageAsk, PagePeople } from '../dialogue/page-people.ts'
import { isTeacherIn, personIn } from '../dialogue/roster.ts'
import { peopleOf, putPeople, reachKnownSince } from '../store/people.ts'
import { rosterHeld } from '../store/roster.ts'
import type { AccountRow, CourseRow } from '../store/rows.ts'
import { participant } from './from-moodle.ts'
import { learnCourse } from './places.ts'
import { type Connection, isTrouble, type World } from './world.ts'

const REACH_FRESH = 3600
const HIDDEN_FRESH = 600
/** Each costs the site several queries. */
const MOST = 100

async function askReach(
  world: World,
  { moodle }: Connection,
  account: AccountRow,
  userids: number[],
): Promise<void> {
  if (userids.length === 0) return
  const rows = await moodle.call('core_message_get_member_info', {
    referenceuserid: account.userId,
    userids,
    includecontactrequests: false,
    includeprivacyinfo: true,
  })
  const timeReachAsked = world.serverTime(account)
  await putPeople(
    world.store,
    account.id,
    rows.map((row) => ({ ...participant(row), timeReachAsked })),
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
    askReach(world, connection, account, unknown.slice(0, MOST)),
    dueId === undefined ? undefined : learnCourse(world, connection, account, dueId),
  ])
}

async function teaches(world: World, account: AccountRow, courseId: number | undefined) {
  const roster = courseId === undefined ? undefined : await rosterHeld(world.store, account.id, courseId)
  if (!roster?.rolesKnown) return {}
  return { isTeacher: isTeacherIn(roster, personIn(roster, account.userId)) }
}

export async function pagePeople(world: World, account: AccountRow, ask: PageAsk): Promise<PagePeople> {
  const { store } = world
  const ids = [...new Set(ask.personIds)].filter((id) => id !== account.userId)
  const known = await reachKnownSince(store, account.id, ids, world.serverTime(account) - REACH_FRESH)
  const unknown = ids.filter((id) => !known.has(id))
  await learn(world, account, ask, unknown).catch(() => undefined)
  const people = await peopleOf(store, account.id, ids)
  const course = await courseRow(world, account, ask)
  return {
    people: [...people.values()].filter(({ canMessage, isDeleted }) => canMessage === true && !isDeleted),
    isHidden: ask.cmid !== undefined && (course?.hiddenCmids ?? []).includes(ask.cmid),
    ...(course ? { courseName: course.name } : {}),
    ...(await teaches(world, account, ask.courseId)),
  }
}
