import { personOf } from '../dialogue/dialogue.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import { stepPerson } from '../dialogue/rule-person.ts'
import type { Store } from './db.ts'
import { lastPosition } from './outbox.ts'
import { ruleOf } from './rules.ts'

function saysTheSame(one: OpenRule, other: OpenRule): boolean {
  const words = ({ subject, text, about, courseId, repliesExpected }: OpenRule) =>
    JSON.stringify([subject, text, about?.url, courseId, repliesExpected])
  return words(one) === words(other)
}

export type PlannedEntry = Omit<OutboxEntry, 'position'>

/**
 * not-attempted → waiting: people and their messages in one step, if the rule still sends and says the same. How many
 * were planned.
 */
export async function planEntries(
  db: Store,
  rule: OpenRule,
  entries: readonly PlannedEntry[],
  now: number,
): Promise<number> {
  return db.transaction('rw', db.rules, db.rulePeople, db.outbox, async () => {
    const stored = await ruleOf(db, rule.accountId, rule.id)
    if (stored?.state !== 'active' || !saysTheSame(stored, rule)) return 0
    const keys = entries.map(({ conversationKey }) => personOf(conversationKey) ?? 0)
    const people = await db.rulePeople.bulkGet(
      keys.map((userId) => [rule.accountId, rule.id, userId] as [string, string, number]),
    )
    const planned = entries.flatMap((entry, i) => {
      const person = people[i]
      const moved = person && stepPerson(person, 'waiting')
      if (!moved) return []
      const { key: messageKey, dialogueId } = entry
      return [{ entry, person: { ...moved, messageKey, dialogueId, timePlanned: now } }]
    })
    const position = await lastPosition(db, rule.accountId)
    await db.outbox.bulkPut(planned.map(({ entry }, i) => ({ ...entry, position: position + 1 + i })))
    await db.rulePeople.bulkPut(planned.map(({ person }) => person))
    return planned.length
  })
}
