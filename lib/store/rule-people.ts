import Dexie from 'dexie'
import { personOf } from '../dialogue/dialogue.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import { personAfter, type RulePerson, type Standing, stepPerson } from '../dialogue/rule-person.ts'
import type { RulePeopleQuery } from '../dialogue/rule-views.ts'
import type { Store } from './db.ts'
import { putMoved, STANDINGS } from './rule-counts.ts'

type RuleKey = Pick<OpenRule, 'accountId' | 'id'>
type PersonKey = [string, string, number]

const everybody = (db: Store, { accountId, id }: RuleKey, after: number | typeof Dexie.minKey) =>
  db.rulePeople.where(':id').between([accountId, id, after], [accountId, id, Dexie.maxKey], false)

const standing = (db: Store, { accountId, id }: RuleKey, as: Standing, after: unknown = Dexie.minKey) =>
  db.rulePeople
    .where('[accountId+ruleId+standing+userId]')
    .between([accountId, id, as, after], [accountId, id, as, Dexie.maxKey], false)

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

/** The stretch in which they are, which costs far less to read than one by one. */
const stretch = (db: Store, { accountId, id }: RuleKey, as: Standing, userIds: readonly number[]) =>
  db.rulePeople
    .where('[accountId+ruleId+standing+userId]')
    .between([accountId, id, as, Math.min(...userIds)], [accountId, id, as, Math.max(...userIds)], true, true)

/** Those of them who stand so. */
export async function peopleAs(
  db: Store,
  rule: RuleKey,
  as: Standing,
  userIds: readonly number[],
): Promise<Map<number, RulePerson>> {
  const wanted = new Set(userIds)
  const found = await stretch(db, rule, as, userIds).toArray()
  return new Map(found.filter(({ userId }) => wanted.has(userId)).map((person) => [person.userId, person]))
}

/** All who stand so from the first to the last of them. */
export async function idsAs(db: Store, rule: RuleKey, as: Standing, userIds: readonly number[]) {
  const found = await stretch(db, rule, as, userIds).primaryKeys()
  return new Set(found.map(([, , userId]) => userId))
}

/** The next of whom nothing is written yet, without these. */
export async function notAttempted(
  db: Store,
  rule: RuleKey,
  limit: number,
  without: ReadonlySet<number>,
): Promise<RulePerson[]> {
  const first = await standing(db, rule, 'not-attempted')
    .limit(limit + without.size)
    .primaryKeys()
  const next = first.map(([, , userId]) => userId).filter((id) => !without.has(id))
  if (next.length === 0) return []
  return [...(await peopleAs(db, rule, 'not-attempted', next.slice(0, limit))).values()]
}

function keyOfPerson({ accountId, ruleId, conversationKey }: OutboxEntry): PersonKey[] {
  const userId = personOf(conversationKey)
  return ruleId === undefined || userId === undefined ? [] : [[accountId, ruleId, userId]]
}

/** Most of many are of one rule and stand so. */
async function peopleOf(
  db: Store,
  keys: readonly PersonKey[],
  as: Standing,
): Promise<Map<string, RulePerson>> {
  const [[accountId, id] = ['', '']] = keys
  const ofFirst = keys.filter(([, ruleId]) => ruleId === id).map(([, , userId]) => userId)
  const most = keys.length > 1 ? await peopleAs(db, { accountId, id }, as, ofFirst) : new Map()
  const rest = keys.filter(([, ruleId, userId]) => ruleId !== id || !most.has(userId))
  const others = rest.length > 0 ? await db.rulePeople.bulkGet([...rest]) : []
  const found = [...most.values(), ...others.flatMap((person) => person ?? [])]
  return new Map(
    found.map((person) => [String([person.accountId, person.ruleId, person.userId]), person] as const),
  )
}

/** Messages of rules have moved: so do their people, in the same step. Most of many stood so before. */
export async function followEntries(
  db: Store,
  entries: readonly OutboxEntry[],
  before: Standing = 'waiting',
): Promise<void> {
  // On its way is still waiting.
  const ofRules = entries.filter((entry) => entry.state !== 'sending' && keyOfPerson(entry).length > 0)
  if (ofRules.length === 0) return
  const there = await peopleOf(db, ofRules.flatMap(keyOfPerson), before)
  const moved = ofRules.flatMap((entry) => {
    const was = there.get(String(keyOfPerson(entry)))
    const is = was && personAfter(was, entry)
    return is ? [{ was, is }] : []
  })
  await putMoved(db, moved)
}

/** Taken out of the outbox by the person, for good. */
export async function dropPerson(db: Store, entry: OutboxEntry): Promise<void> {
  const [key] = keyOfPerson(entry)
  const person = key && (await db.rulePeople.get(key))
  const moved = person && stepPerson(person, 'dropped', { reason: 'cancelled' })
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
    const moved = there.flatMap((was) => {
      const is = was && stepPerson(was, to, facts)
      return is ? [{ was, is }] : []
    })
    await putMoved(db, moved)
  })
}

/** Everybody's standing by their ids, and no more: a rule may have ten thousand people. */
export async function standingsOf(db: Store, rule: RuleKey): Promise<Map<number, Standing>> {
  const found = await Promise.all(
    STANDINGS.map((as) =>
      standing(db, rule, as)
        .primaryKeys()
        .then((keys) => keys.map(([, , userId]) => [userId, as] as const)),
    ),
  )
  return new Map(found.flat())
}

/** Back in the course, or meant again; not those whom the person took out. */
export async function bringBack(db: Store, rule: RuleKey, userIds: readonly number[]): Promise<void> {
  await db.transaction('rw', db.rulePeople, async () => {
    const there = await db.rulePeople.bulkGet(
      userIds.map((userId): PersonKey => [rule.accountId, rule.id, userId]),
    )
    const back = there.flatMap((person) => (person && person.reason !== 'cancelled' ? [person.userId] : []))
    await movePeople(db, rule, back, 'not-attempted')
    await meantAgain(db, rule, back)
  })
}

/** Back, perhaps while their message was looked for. */
export async function meantAgain(
  db: Store,
  { accountId, id }: RuleKey,
  userIds: readonly number[],
): Promise<void> {
  const there = await db.rulePeople.bulkGet(userIds.map((userId): PersonKey => [accountId, id, userId]))
  const back = there.flatMap((was) => {
    const { noLonger, ...is } = was ?? {}
    return was && noLonger ? [{ was, is: is as RulePerson }] : []
  })
  await putMoved(db, back)
}

export async function addPeople(db: Store, rule: RuleKey, userIds: readonly number[]): Promise<void> {
  const { accountId, id: ruleId } = rule
  await db.transaction('rw', db.rulePeople, async () => {
    const there = await db.rulePeople.bulkGet(userIds.map((userId): PersonKey => [accountId, ruleId, userId]))
    const fresh = userIds.filter((_, i) => !there[i])
    await db.rulePeople.bulkPut(
      fresh.map((userId) => ({ accountId, ruleId, userId, standing: 'not-attempted' as const })),
    )
  })
}

/** How many messages rules have planned since, whatever became of them. */
export function countPlannedSince(db: Store, accountId: string, time: number): Promise<number> {
  return db.rulePeople
    .where('[accountId+timePlanned]')
    .between([accountId, time], [accountId, Dexie.maxKey], false)
    .count()
}

export async function changePeople(
  db: Store,
  { accountId, id }: RuleKey,
  userIds: readonly number[],
  change: Partial<RulePerson>,
): Promise<void> {
  await db.transaction('rw', db.rulePeople, async () => {
    const there = await db.rulePeople.bulkGet(userIds.map((userId): PersonKey => [accountId, id, userId]))
    await putMoved(
      db,
      there.flatMap((was) => (was ? [{ was, is: { ...was, ...change } }] : [])),
    )
  })
}

/** Of a draft, which has reached nobody. */
export async function forgetPeople(db: Store, { accountId, id }: RuleKey): Promise<void> {
  await everybody(db, { accountId, id }, Dexie.minKey).delete()
}

export function whoWasReached(db: Store, accountId: string, ruleId: string): Promise<RulePerson[]> {
  return standing(db, { accountId, id: ruleId }, 'delivered').toArray()
}
