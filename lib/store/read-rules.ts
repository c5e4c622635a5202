import { withPerson } from '../dialogue/dialogue.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'
import type { RuleHold, RulePeople, RulePeopleQuery, RuleView } from '../dialogue/rule-views.ts'
import type { Store } from './db.ts'
import { courseOf, peopleOf } from './people.ts'
import { countAnswered, countPeople, rulePeopleAfter } from './rule-people.ts'

export interface RuleNow {
  hold?: RuleHold
  secondsLeft?: number
}

/** What screens may see of a rule. */
export async function ruleView(db: Store, rule: OpenRule, now: RuleNow = {}): Promise<RuleView> {
  const { secret: _secret, draft: _draft, ...shown } = rule
  const [counts, answered, course] = await Promise.all([
    countPeople(db, rule),
    countAnswered(db, rule),
    courseOf(db, rule.accountId, rule.courseId),
  ])
  const people = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return { ...shown, ...(course ? { course } : {}), progress: { people, counts, answered, ...now } }
}

/** A screenful of a rule's people, with their names. */
export async function readRulePeople(db: Store, query: RulePeopleQuery): Promise<RulePeople> {
  const rows = await rulePeopleAfter(db, query)
  const names = await peopleOf(
    db,
    query.accountId,
    rows.map(({ userId }) => userId),
  )
  const last = rows.at(-1)
  return {
    people: rows.map(({ accountId, ruleId: _, messageKey: _key, attempts: _a, ...row }) => {
      const { timeAsked: _asked, timePlanned: _planned, dialogueId, ...shown } = row
      const person = names.get(row.userId) ?? { id: row.userId, fullName: '' }
      const ref = { accountId, conversationKey: withPerson(row.userId), dialogueId: dialogueId ?? '' }
      return { ...shown, person, ...(dialogueId && row.standing === 'delivered' ? { ref } : {}) }
    }),
    ...(last && rows.length === query.limit ? { next: String(last.userId) } : {}),
  }
}
