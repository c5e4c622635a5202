import type { OpenRule } from '../dialogue/open-rule.ts'
import { type RulePerson, stepPerson } from '../dialogue/rule-person.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import type { Store } from './db.ts'

type RuleKey = Pick<OpenRule, 'accountId' | 'id'>

const NOT_PROVEN: Trouble = { kind: 'not-proven', mender: 'person' }

/** Whom the site shows as reached, with the message's id; of the others, where nobody knows, the person is asked. */
export async function provePeople(
  db: Store,
  { accountId, id }: RuleKey,
  proven: ReadonlyMap<number, number>,
  now: number,
  unproven: readonly number[] = [],
): Promise<void> {
  const keys = [...proven.keys(), ...unproven]
  await db.transaction('rw', db.rulePeople, async () => {
    const there = await db.rulePeople.bulkGet(
      keys.map((userId) => [accountId, id, userId] as [string, string, number]),
    )
    const moved = there.flatMap((person) => (person && movedBy(person, proven, now)) ?? [])
    await db.rulePeople.bulkPut(moved)
  })
}

function movedBy(
  person: RulePerson,
  proven: ReadonlyMap<number, number>,
  timeReached: number,
): RulePerson | undefined {
  const messageId = proven.get(person.userId)
  if (messageId !== undefined) return stepPerson(person, 'delivered', { messageId, timeReached })
  return stepPerson(person, 'unknown', { trouble: NOT_PROVEN })
}
