import type { OpenRule } from '../dialogue/open-rule.ts'
import { isRepresentative, mostAtOnce } from '../dialogue/permission.ts'
import { personIn, type Roster } from '../dialogue/roster.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { habitOf, rosterHeld } from '../store/roster.ts'
import type { AccountRow } from '../store/rows.ts'
import { rosterOf } from './roster.ts'
import { withPerhapsNothing } from './way.ts'
import type { World } from './world.ts'

/** The course's people as held, else as the site says now, else why it could not be asked. */
async function rosterFor(
  world: World,
  account: AccountRow,
  courseId: number,
): Promise<{ roster?: Roster; trouble?: Trouble }> {
  const held = await rosterHeld(world.store, account.id, courseId)
  if (held) return { roster: held }
  let roster: Roster | undefined
  const { trouble } = await withPerhapsNothing(world, account.id, async (connection) => {
    roster = await rosterOf(world, connection, account, { courseId })
  })
  return { ...(roster ? { roster } : {}), ...(trouble ? { trouble } : {}) }
}

function courseOf({ audience, courseId }: Pick<OpenRule, 'audience' | 'courseId'>): number | undefined {
  return audience.kind === 'course' ? audience.courseId : courseId
}

/** A course has no number that is known beforehand. */
function sizeOf({ audience }: Pick<OpenRule, 'audience'>): number {
  return audience.kind === 'people' ? audience.userIds.length : Number.POSITIVE_INFINITY
}

const FORBIDDEN: Trouble = { kind: 'not-permitted', mender: 'admin' }

/**
 * Why this account may not write to as many, if so. Whom the site shows as a teacher of that course may, whom the
 * course's habit names as a representative, or whom policy allows; Moodle decides besides. Where the course could not
 * be read nobody knows, which is no "no": the trouble is the reading's own.
 */
export async function whyMayNotSend(
  world: World,
  account: AccountRow,
  rule: Pick<OpenRule, 'audience' | 'courseId'>,
): Promise<Trouble | undefined> {
  const policy = await world.severalPolicy?.()
  if (sizeOf(rule) <= mostAtOnce(policy, undefined, account.userId)) return undefined
  if (policy === 'nobody') return FORBIDDEN
  const courseId = courseOf(rule)
  const { roster, trouble } = courseId === undefined ? {} : await rosterFor(world, account, courseId)
  if (trouble) return trouble
  if (sizeOf(rule) <= mostAtOnce(policy, roster, account.userId)) return undefined
  const self = roster && personIn(roster, account.userId)
  const habit = await habitOf(world.store, account.id, courseId)
  return self && habit && isRepresentative(habit, self) ? undefined : FORBIDDEN
}
