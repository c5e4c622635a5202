import type { Condition, CourseAudience } from '../dialogue/open-rule.ts'
import type { Roster } from '../dialogue/roster.ts'
import { tellPeople } from '../store/arrivals.ts'
import type { AccountRow } from '../store/rows.ts'
import { whoWasReached } from '../store/rule-people.ts'
import { submissionsOf } from './assignments.ts'
import type { Connection, World } from './world.ts'

interface Asking {
  world: World
  connection: Connection
  account: AccountRow
  roster: Roster
}

type Of<Kind extends Condition['kind']> = Extract<Condition, { kind: Kind }>

const NOBODY: ReadonlySet<number> = new Set()

/** Only while it is due soon, or since it is overdue; without either, at any time. */
function isTheTime(duedate: number, condition: Of<'not-submitted'>, now: number): boolean {
  const { dueWithinSeconds, overdueBySeconds } = condition
  if (dueWithinSeconds === undefined && overdueBySeconds === undefined) return true
  if (duedate === 0) return false
  const isNear = dueWithinSeconds !== undefined && now < duedate && duedate - now <= dueWithinSeconds
  return isNear || (overdueBySeconds !== undefined && now - duedate >= overdueBySeconds)
}

async function notSubmitted(asking: Asking, condition: Of<'not-submitted'>): Promise<ReadonlySet<number>> {
  const { world, account } = asking
  const { people, duedate } = await submissionsOf(asking, placeIn(asking, condition))
  const hasTime = condition.dueWithinSeconds !== undefined || condition.overdueBySeconds !== undefined
  const due = hasTime ? await duedate() : 0
  if (!isTheTime(due, condition, world.serverTime(account))) return NOBODY
  return new Set(people.filter(({ submitted }) => !submitted).map((person) => person.id))
}

async function notGraded(asking: Asking, condition: Of<'submitted-not-graded'>) {
  const { people } = await submissionsOf(asking, placeIn(asking, condition))
  return new Set(people.filter((person) => person.requiregrading).map((person) => person.id))
}

function placeIn({ roster: { courseId } }: Asking, { cmid }: { cmid: number }) {
  return { courseId, cmid }
}

function who(roster: Roster, isIt: (person: Roster['people'][number]) => boolean): Set<number> {
  return new Set(roster.people.filter(isIt).map(({ userId }) => userId))
}

/** Whom the condition picks out of the course now. Throws what kept the site from telling. */
async function fittingTo(condition: Condition, asking: Asking): Promise<ReadonlySet<number>> {
  switch (condition.kind) {
    case 'not-submitted':
      return notSubmitted(asking, condition)
    case 'submitted-not-graded':
      return notGraded(asking, condition)
    case 'in-no-group':
      return who(asking.roster, ({ groupIds }) => groupIds.length === 0)
    case 'not-in-course-since':
      return who(
        asking.roster,
        ({ timeLastInCourse = Number.POSITIVE_INFINITY }) => timeLastInCourse < condition.time,
      )
    case 'not-answered':
      await tellPeople(asking.world.store, asking.account.id)
      return new Set(
        (await whoWasReached(asking.world.store, asking.account.id, condition.ruleId))
          .filter(({ timeAnswered }) => timeAnswered === undefined)
          .map(({ userId }) => userId),
      )
  }
}

/** Whom of the course the condition picks out now; undefined where there is none. */
export async function fitting(
  world: World,
  connection: Connection,
  account: AccountRow,
  { condition }: CourseAudience,
  roster: Roster,
): Promise<ReadonlySet<number> | undefined> {
  return condition && fittingTo(condition, { world, connection, account, roster })
}
