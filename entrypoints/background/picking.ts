import { type Directory, findPeople, pickerPeople } from '../../lib/dialogue/find-people.ts'
import { cleanName } from '../../lib/dialogue/participant.ts'
import {
  type FoundPeople,
  type FurtherPeople,
  NOBODY_FOUND,
  type PeopleQuery,
  type PickerPerson,
} from '../../lib/dialogue/people-views.ts'
import { EVERYBODY, type Habit, mostAtOnce, offeredBy } from '../../lib/dialogue/permission.ts'
import { isTeacherIn, personIn, type RosterPerson } from '../../lib/dialogue/roster.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { readPolicy } from '../../lib/extension/policy.ts'
import { directoryHeld } from '../../lib/store/directories.ts'
import { habitOf } from '../../lib/store/roster.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { isDue, refreshRoster } from '../../lib/sync/roster.ts'
import { type Connection, isTrouble } from '../../lib/sync/world.ts'
import { cannotReach, learnReach, reachOf } from './reaching.ts'
import { store, world } from './worker.ts'

const SHOWN = 30
const SITE_SHOWN = 12
/** Moodle's front page is a course in its database. */
const FRONT_PAGE = 1
const AGAIN_AFTER_MS = 60_000

/** Courses that are being read, or could not be, by account and course. */
const readings = new Map<string, Reading>()

function readAnew(account: AccountRow, courseId: number, cmid: number | undefined) {
  const place = `${account.id} ${courseId}`
  const there = readings.get(place)
  if (there && (!there.isOver || (there.trouble && Date.now() - there.sinceMs < AGAIN_AFTER_MS))) return there
  const reading: Reading = { sinceMs: Date.now(), isOver: false }
  readings.set(place, reading)
  const ask = { courseId, ...(cmid === undefined ? {} : { cmid }) }
  void refreshRoster(world, account, ask).then((trouble) => {
    reading.isOver = true
    if (trouble) reading.trouble = trouble
    world.changed(account.id, ['people'])
  })
  return reading
}

interface Reading {
  sinceMs: number
  isOver: boolean
  trouble?: Trouble
}

interface Rules {
  isOffered: (person: RosterPerson) => boolean
  habit: Habit
  isTeacher: boolean
  most?: number
}

export async function rulesFor(
  account: AccountRow,
  directory: Directory | undefined,
  courseId?: number,
): Promise<Rules> {
  const [{ severalRecipients }, habit = EVERYBODY] = await Promise.all([
    readPolicy(),
    habitOf(store, account.id, courseId),
  ])
  const roster = directory?.roster
  const most = mostAtOnce(severalRecipients, roster, account.userId)
  return {
    habit,
    isOffered: roster ? offeredBy(habit, roster, account.userId) : () => true,
    isTeacher: roster !== undefined && isTeacherIn(roster, personIn(roster, account.userId)),
    ...(Number.isFinite(most) ? { most } : {}),
  }
}

function courseOf({ courseId }: Pick<PeopleQuery, 'courseId'>): number | undefined {
  return courseId === FRONT_PAGE ? undefined : courseId
}

export function withReach(account: AccountRow, person: PickerPerson): PickerPerson {
  if (person.isSuspended) return { ...person, whyNot: 'suspended' }
  const why = reachOf(account, person.id)?.why
  return why ? { ...person, whyNot: why } : person
}

/** From what is held here, at once; what is old is read anew behind it. */
export async function people(account: AccountRow, ask: PeopleQuery): Promise<FoundPeople> {
  const courseId = courseOf(ask)
  const directory = courseId === undefined ? undefined : await directoryHeld(store, account.id, courseId)
  const { isOffered, isTeacher, most, habit } = await rulesFor(account, directory, courseId)
  const allowed = { isTeacher, ...(most === undefined ? {} : { most }) }
  if (courseId === undefined) return { ...NOBODY_FOUND, ...allowed }
  const due = !directory || isDue(directory.roster, world.serverTime(account))
  const reading = due ? readAnew(account, courseId, ask.cmid) : undefined
  if (!directory) return { ...NOBODY_FOUND, ...allowed, ...unread(reading?.trouble) }
  const { typed } = ask
  const me = account.userId
  const found = findPeople(directory, { typed, limit: SHOWN, me, isOffered, ...allowed })
  const { roster } = directory
  return {
    ...found,
    ...allowed,
    state: 'known',
    people: pickerPeople(roster, me, found.people).map((person) => withReach(account, person)),
    rolesKnown: roster.rolesKnown,
    groupsKnown: roster.groupsKnown,
    isLimited: habit.kind !== 'everybody' && roster.people.some((person) => !isOffered(person)),
  }
}

function unread(trouble: Trouble | undefined): Pick<FoundPeople, 'state' | 'trouble'> {
  return trouble ? { state: 'unreadable', trouble } : { state: 'reading' }
}

const SHORTEST = 2

/** The site's people are asked for where the course has few of that name. */
async function onSite(
  { moodle }: Connection,
  account: AccountRow,
  typed: string,
): Promise<{ id: number; fullname: string; profileimageurlsmall: string }[]> {
  if (typed.trim().length < SHORTEST) return []
  const ask = { userid: account.userId, search: typed.trim(), limitfrom: 0, limitnum: SITE_SHOWN }
  const { contacts, noncontacts } = await moodle.call('core_message_message_search_users', ask)
  return [...contacts, ...noncontacts].filter(({ id }) => id !== account.userId)
}

const FEW = 8

/** One request: who of those shown cannot be written to, and others of the site. */
export async function furtherPeople(
  account: AccountRow,
  ask: PeopleQuery & { userIds: number[] },
): Promise<FurtherPeople> {
  const connection = await world.connect(account)
  if (isTrouble(connection)) return { cannot: [], people: [] }
  const { userIds } = ask
  const [found] = await Promise.all([
    userIds.length < FEW ? onSite(connection, account, ask.typed).catch(() => []) : [],
    learnReach(connection, account, userIds).catch(() => undefined),
  ])
  const courseId = courseOf(ask)
  const directory = courseId === undefined ? undefined : await directoryHeld(store, account.id, courseId)
  const isHere = new Set(directory?.roster.people.map(({ userId }) => userId))
  const others = found.filter(({ id }) => !isHere.has(id))
  return {
    cannot: cannotReach(account, userIds),
    people: others.map((one) => withReach(account, stranger(one))),
  }
}

function stranger({
  id,
  fullname,
  profileimageurlsmall,
}: {
  id: number
  fullname: string
  profileimageurlsmall: string
}) {
  return {
    id,
    fullName: cleanName(fullname),
    pictureUrl: profileimageurlsmall,
    roles: [],
    groups: [],
    isSuspended: false,
  }
}
