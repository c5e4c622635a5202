import Dexie from 'dexie'
import { personOf } from '../dialogue/dialogue.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import { personAfter, type RulePerson, type Standing, stepPerson } from '../dialogue/rule-person.ts'
import type { RulePeopleQuery } from '../dialogue/rule-views.ts'
import type { Store } from './db.ts'

type RuleKey = Pick<OpenRule, 'accountId' | 'id'>

const STANDINGS: Standing[] = ['not-attempted', 'waiting', 'delivered', 'refused', 'unknown', 'dropped']

const everybody = (db: Store, { accountId, id }: RuleKey, after: number | typeof Dexie.minKey) =>
  db.rulePeople.where(':id').between([accountId, id, after], [accountId, id, Dexie.maxKey], false)

const standing = (db: Store, { accountId, id }: RuleKey, as: Standing, after: unknown = Dexie.minKey) =>
  db.rulePeople
    .where('[accountId+ruleId+standing+userId]')
    .between([accountId, id, as, after], [accountId, id, as, Dexie.maxKey], false)

const whoAnswered = (db: Store, { accountId, id }: RuleKey) =>
  db.rulePeople
    .where('[accountId+ruleId+timeAnswered]')
    .between([accountId, id, Dexie.minKey], [accountId, id, Dexie.maxKey])

/** The next stretch in the order of their ids: everybody, or who stands so. */
export async function rulePeopleAfter(
  db: Store,
  { accountId, ruleId, standing: as, answered, limit, cursor }: RulePeopleQuery,
): Promise<RulePerson[]> {
  const rule = { accountId, id: ruleId }
  const after = cursor === undefined ? Dexie.minKey : Number(cursor)
  const range = as === undefined ? everybody(db, rule, after) : standing(db, rule, as, after)
  const wanted =
    answered === undefined
      ? range
      : range.filter(({ timeAnswered }) => (timeAnswered !== undefined) === answered)
  return wanted.limit(limit).toArray()
}

export async function countPeople(db: Store, rule: RuleKey): Promise<Record<Standing, number>> {
  const counts = await Promise.all(STANDINGS.map((as) => standing(db, rule, as).count()))
  return Object.fromEntries(STANDINGS.map((as, i) => [as, counts[i] ?? 0])) as Record<Standing, number>
}

export function countAnswered(db: Store, rule: RuleKey): Promise<number> {
  return whoAnswered(db, rule).count()
}

/** A message of a rule has moved: so does its person, in the same step. */
export async function followEntry(db: Store, entry: OutboxEntry, now: number): Promise<void> {
  const userId = personOf(entry.conversationKey)
  if (entry.ruleId === undefined || userId === undefined) return
  const person = await db.rulePeople.get([entry.accountId, entry.ruleId, userId])
  const moved = person && personAfter(person, entry, now)
  if (moved) await db.rulePeople.put(moved)
}

/** Moves these people where they have such an arrow. */
export async function movePeople(
  db: Store,
  { accountId, id }: RuleKey,
  userIds: readonly number[],
  to: Standing,
  facts: Parameters<typeof stepPerson>[2] = {},
): Promise<void> {
  await db.transaction('rw', db.rulePeople, async () => {
    const there = await db.rulePeople.bulkGet(
      userIds.map((userId) => [accountId, id, userId] as const) as never,
    )
    const moved = there.flatMap((person) => (person && stepPerson(person, to, facts)) ?? [])
    await db.rulePeople.bulkPut(moved)
  })
}
