import { readIds, writeIds } from '../dialogue/id-list.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'
import { type RulePerson, stepPerson } from '../dialogue/rule-person.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import type { Store } from './db.ts'
import { standingsOf } from './rule-people.ts'
import { ruleOf } from './rules.ts'

const NOT_PROVEN: Trouble = { kind: 'not-proven', mender: 'person' }

/** What is said of one rule: whom it has reached, and whom it may have reached. */
export interface Reached {
  reached: readonly number[]
  claimed: readonly number[]
}

const together = (list: string, more: readonly number[]) => writeIds([...(readIds(list) ?? []), ...more])

/** Adds what others' notes say; nothing of it is ever taken away. */
export async function inherit(db: Store, { accountId, id }: OpenRule, others: Reached): Promise<void> {
  await db.transaction('rw', db.rules, async () => {
    const rule = await ruleOf(db, accountId, id)
    if (!rule?.shared) return
    const reached = together(rule.shared.reached, others.reached)
    const claimed = together(rule.shared.claimed, others.claimed)
    await db.rules.put({ ...rule, shared: { ...rule.shared, reached, claimed } })
  })
}

function heir(person: RulePerson, reached: ReadonlySet<number>, now: number): RulePerson | undefined {
  if (reached.has(person.userId)) return stepPerson(person, 'delivered', { timeReached: now })
  const asked = stepPerson(person, 'unknown', { trouble: NOT_PROVEN })
  return asked && { ...asked, elsewhere: true }
}

/** Whom others have reached does not get it again; of whom they may have reached, the person is asked, once. */
export async function applyInherited(
  db: Store,
  { accountId, id }: Pick<OpenRule, 'accountId' | 'id'>,
  now: number,
): Promise<void> {
  await db.transaction('rw', db.rules, db.rulePeople, async () => {
    const shared = (await ruleOf(db, accountId, id))?.shared
    if (!shared || shared.reached + shared.claimed === '') return
    const reached = new Set(readIds(shared.reached))
    const theirs = new Set([...reached, ...(readIds(shared.claimed) ?? [])])
    const standings = await standingsOf(db, { accountId, id })
    const ids = [...theirs].filter((userId) => standings.get(userId) === 'not-attempted')
    const people = await db.rulePeople.bulkGet(
      ids.map((userId) => [accountId, id, userId] as [string, string, number]),
    )
    const isNew = ({ userId, elsewhere }: RulePerson) => reached.has(userId) || !elsewhere
    const moved = people.flatMap((person) => (person && isNew(person) && heir(person, reached, now)) || [])
    await db.rulePeople.bulkPut(moved)
  })
}
