import type { Condition, CourseAudience } from '../dialogue/open-rule.ts'
import type { Roster } from '../dialogue/roster.ts'
import type { AccountRow } from '../store/rows.ts'
import type { Connection, World } from './world.ts'

type Asking = { world: World; connection: Connection; account: AccountRow; roster: Roster }

async function fittingTo(condition: Condition, { roster }: Asking): Promise<Set<number>> {
  const ids = (people: Roster['people']) => new Set(people.map(({ userId }) => userId))
  switch (condition.kind) {
    case 'in-no-group':
      return ids(roster.people.filter(({ groupIds }) => groupIds.length === 0))
    case 'not-in-course-since':
      return ids(
        roster.people.filter(
          ({ timeLastInCourse }) => timeLastInCourse !== undefined && timeLastInCourse < condition.time,
        ),
      )
    default:
      throw new Error(`not yet: ${condition.kind}`)
  }
}

/** Whom of the course the condition picks out now; undefined where there is none. */
export async function fitting(
  world: World,
  connection: Connection,
  account: AccountRow,
  { condition }: CourseAudience,
  roster: Roster,
): Promise<Set<number> | undefined> {
  return condition && fittingTo(condition, { world, connection, account, roster })
}
