import type { OpenRule } from '../dialogue/open-rule.ts'
import { isRepresentative, mostAtOnce } from '../dialogue/permission.ts'
import { personIn, type Roster } from '../dialogue/roster.ts'
import { habitOf, rosterHeld } from '../store/roster.ts'
import type { AccountRow } from '../store/rows.ts'
import { rosterOf } from './roster.ts'
import { withPerhapsNothing } from './way.ts'
import type { World } from './world.ts'

async function rosterFor(world: World, account: AccountRow, courseId: number): Promise<Roster | undefined> {
  const held = await rosterHeld(world.store, account.id, courseId)
  if (held) return held
  let read: Roster | undefined
  await withPerhapsNothing(world, account.id, async (connection) => {
    read = await rosterOf(world, connection, account, { courseId })
  })
  return read
}

function courseOf({ audience, courseId }: Pick<OpenRule, 'audience' | 'courseId'>): number | undefined {
  return audience.kind === 'course' ? audience.courseId : courseId
}

/** A course has no number that is known beforehand. */
function sizeOf({ audience }: Pick<OpenRule, 'audience'>): number {
  return audience.kind === 'people' ? audience.userIds.length : Number.POSITIVE_INFINITY
}

/**
 * Whether this account may write to as many: whom the site shows as a teacher of that course, whom the course's habit
 * names as a representative, or whom policy allows. Moodle decides besides.
 */
export async function maySend(
  world: World,
  account: AccountRow,
  rule: Pick<OpenRule, 'audience' | 'courseId'>,
): Promise<boolean> {
  const policy = await world.severalPolicy?.()
  if (sizeOf(rule) <= mostAtOnce(policy, undefined, account.userId)) return true
  const courseId = courseOf(rule)
  const roster = courseId === undefined ? undefined : await rosterFor(world, account, courseId)
  if (sizeOf(rule) <= mostAtOnce(policy, roster, account.userId)) return true
  const self = roster && personIn(roster, account.userId)
  const habit = await habitOf(world.store, account.id, courseId)
  return policy !== 'nobody' && self !== undefined && habit !== undefined && isRepresentative(habit, self)
}
