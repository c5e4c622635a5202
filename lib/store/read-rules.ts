import { withPerson } from '../dialogue/dialogue.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'
import type { Participant } from '../dialogue/participant.ts'
import type { RosterPerson } from '../dialogue/roster.ts'
import type { RuleHold, RulePeople, RulePeopleQuery, RuleView } from '../dialogue/rule-views.ts'
import { withCommon } from '../dialogue/template.ts'
import { accountWith } from './accounts.ts'
import { tellPeople } from './arrivals.ts'
import type { Store } from './db.ts'
import { courseOf, peopleOf } from './people.ts'
import { rosterHeld } from './roster.ts'
import { type Counts, tallyOf } from './rule-counts.ts'
import { rulePeopleAfter } from './rule-people.ts'
import { ruleOf } from './rules.ts'

export interface RuleNow {
  hold?: RuleHold
  secondsLeft?: number
}

/** What screens may see of a rule. */
export async function ruleView(
  db: Store,
  rule: OpenRule,
  nowOf?: (counts: Counts) => Promise<RuleNow>,
): Promise<RuleView> {
  const { secret: _secret, draft: _draft, ...shown } = rule
  const [{ counts, answered }, course, account] = await Promise.all([
    tallyOf(db, rule),
    courseOf(db, rule.accountId, rule.courseId),
    accountWith(db, rule.accountId),
  ])
  const common = { course: course?.name, activity: rule.about?.name, teacher: account?.fullName }
  const title = withCommon(rule.subject, common)
  const now = (await nowOf?.(counts)) ?? {}
  const people = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return { ...shown, ...(course ? { course } : {}), title, progress: { people, counts, answered, ...now } }
}

type LastInCourse = Pick<RosterPerson, 'timeLastInCourse' | 'lastInCourse'>

function lastInCourse({ timeLastInCourse, lastInCourse }: RosterPerson): LastInCourse {
  if (timeLastInCourse !== undefined) return { timeLastInCourse }
  return lastInCourse === undefined ? {} : { lastInCourse }
}

async function courseList(db: Store, { accountId, ruleId }: RulePeopleQuery): Promise<RosterPerson[]> {
  const { courseId } = (await ruleOf(db, accountId, ruleId)) ?? {}
  const roster = courseId === undefined ? undefined : await rosterHeld(db, accountId, courseId)
  return roster?.people ?? []
}

/** As far as the site tells this account, when its course was last read. */
async function lastSeen(db: Store, query: RulePeopleQuery): Promise<Map<number, LastInCourse>> {
  const people = query.withCourse ? await courseList(db, query) : []
  return new Map(people.map((person) => [person.userId, lastInCourse(person)]))
}

/** Of whom nothing was written to or read from, the course's list knows the name. */
async function namesOf(db: Store, query: RulePeopleQuery, ids: number[]): Promise<Map<number, Participant>> {
  const names = await peopleOf(db, query.accountId, ids)
  const isNameless = ({ fullName, isDeleted }: Participant) => fullName === '' && !isDeleted
  if ([...names.values()].some(isNameless))
    for (const { userId: id, fullName } of await courseList(db, query)) {
      const known = names.get(id)
      if (known && isNameless(known)) names.set(id, { ...known, fullName })
    }
  return names
}

/** A screenful of a rule's people, with their names. */
export async function readRulePeople(db: Store, query: RulePeopleQuery): Promise<RulePeople> {
  await tellPeople(db, query.accountId)
  const rows = await rulePeopleAfter(db, query)
  const names = await namesOf(
    db,
    query,
    rows.map(({ userId }) => userId),
  )
  const seen = await lastSeen(db, query)
  const last = rows.at(-1)
  return {
    people: rows.map(({ accountId, ruleId: _, messageKey: _key, attempts: _a, ...row }) => {
      const { timeAsked: _asked, timePlanned: _planned, dialogueId, ...shown } = row
      const person = names.get(row.userId) ?? { id: row.userId, fullName: '' }
      const ref = { accountId, conversationKey: withPerson(row.userId), dialogueId: dialogueId ?? '' }
      return {
        ...shown,
        ...seen.get(row.userId),
        person,
        ...(dialogueId && row.standing === 'delivered' ? { ref } : {}),
      }
    }),
    ...(last && rows.length === query.limit ? { next: String(last.userId) } : {}),
  }
}
