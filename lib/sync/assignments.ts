import type { Trouble } from '../dialogue/trouble.ts'
import { moodleErrorOf, type Returns } from '../moodle/index.ts'
import { assignmentIdOf } from '../store/places.ts'
import type { AccountRow } from '../store/rows.ts'
import type { Connection, World } from './world.ts'

/** The site does not tell this account, or not over this way; `trouble` says what would help. */
export class CannotBeKnown extends Error {
  override readonly name = 'CannotBeKnown'
  readonly trouble: Trouble

  constructor(trouble: Trouble = { kind: 'not-permitted', mender: 'person' }) {
    super()
    this.trouble = trouble
  }
}

type Participants = Returns<'mod_assign_list_participants'>

interface Asking {
  world: World
  connection: Connection
  account: AccountRow
}

interface Place {
  courseId: number
  cmid: number
}

export interface Submissions {
  people: Participants
  /** 0: none. */
  duedate: () => Promise<number>
}

const NOT_OPENED: Trouble = { kind: 'grader-not-opened', mender: 'person' }

async function readAssignment({ connection: { way } }: Asking, { courseId, cmid }: Place) {
  if (way.kind === 'session') return undefined
  const { courses } = await way.call('mod_assign_get_assignments', { courseids: [courseId] })
  const found = courses.flatMap(({ assignments }) => assignments).find((each) => each.cmid === cmid)
  if (!found) throw new CannotBeKnown()
  return found
}

/** Over a session no function tells an assignment's own id: its grader's page does, see `page-people.ts`. */
async function learnedId({ world, account }: Asking, { courseId, cmid }: Place): Promise<number> {
  const id = await assignmentIdOf(world.store, account.id, courseId, cmid)
  if (id === undefined) throw new CannotBeKnown(NOT_OPENED)
  return id
}

function participantsOf({ connection: { moodle } }: Asking, assignid: number): Promise<Participants> {
  return moodle.call('mod_assign_list_participants', { assignid, groupid: 0, filter: '' })
}

/** With blind marking the site gives a number for a name, and no picture. */
function isBlind(people: Participants): boolean {
  return people.some(({ profileimageurlsmall }) => profileimageurlsmall === undefined)
}

const ASKED = 3
const FILTERED: Trouble = { kind: 'grading-filtered', mender: 'person' }

/** Of each standing somebody: a filter that was left in the grading table has the site refuse whom it hides. */
function someOf(people: Participants): Participants {
  const first = new Map(people.map((one) => [`${one.submitted} ${one.requiregrading}`, one]))
  return [...new Set([...first.values(), ...people])].slice(0, ASKED)
}

function isHidden(error: unknown): boolean {
  const known = moodleErrorOf(error)
  return known?.kind === 'moodle' && known.errorcode === 'userisfilteredout'
}

function dateIn(told: PromiseSettledResult<{ duedate: number }>): number[] {
  if (told.status === 'fulfilled') return [told.value.duedate]
  if (isHidden(told.reason)) return []
  throw told.reason
}

/** As the site says it for some of its people, of whom one may have a date of their own. */
async function dueForMost({ connection: { moodle } }: Asking, assignid: number, people: Participants) {
  const some = someOf(people).map(({ id: userid }) => ({ assignid, userid, embeduser: false }))
  const told = await Promise.allSettled(some.map((ask) => moodle.call('mod_assign_get_participant', ask)))
  const dates = told.flatMap(dateIn)
  if (some.length > 0 && dates.length === 0) throw new CannotBeKnown(FILTERED)
  const [one = 0, other = one, third = one] = dates
  return other === third ? other : one
}

/** Who is to hand in, and where each stands. Where it marks blindly, that is not to be joined with names. */
export async function submissionsOf(asking: Asking, place: Place): Promise<Submissions> {
  const found = await readAssignment(asking, place)
  if (found?.blindmarking === 1 && found.revealidentities !== 1) throw new CannotBeKnown()
  const id = found?.id ?? (await learnedId(asking, place))
  const people = await participantsOf(asking, id)
  if (isBlind(people)) throw new CannotBeKnown()
  return {
    people,
    duedate: async () => (found ? (found.duedate ?? 0) : dueForMost(asking, id, people)),
  }
}

/** 0: none. */
export async function assignmentDue(asking: Asking, place: Place): Promise<number> {
  const found = await readAssignment(asking, place)
  if (found) return found.duedate ?? 0
  const id = await learnedId(asking, place)
  return dueForMost(asking, id, await participantsOf(asking, id))
}
