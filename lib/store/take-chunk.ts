import type { AccountId } from '../dialogue/dialogue.ts'
import { personOf } from '../dialogue/dialogue.ts'
import { type OpenRule, waitsForCourse } from '../dialogue/open-rule.ts'
import type { OutboxEntry, OutboxEvent } from '../dialogue/outbox.ts'
import type { Store } from './db.ts'
import { moveEntries } from './outbox.ts'
import { dropPeople, withdraw } from './rule-outbox.ts'
import { firstRun, ruleOf } from './rules.ts'

interface Taken {
  entries: OutboxEntry[]
  /** They stay where they are until it is known who is still meant. */
  isStale?: boolean
}

/** Who was dropped while their message was looked for does not get it now. */
async function withoutGone<Move extends { key: string }>(
  db: Store,
  rule: OpenRule,
  moves: readonly Move[],
): Promise<Move[]> {
  const { accountId, id } = rule
  const entries = await db.outbox.bulkGet(moves.map(({ key }) => [accountId, key] as [string, string]))
  const userIds = entries.map((entry) => personOf(entry?.conversationKey ?? '') ?? 0)
  const people = await db.rulePeople.bulkGet(
    userIds.map((userId) => [accountId, id, userId] as [string, string, number]),
  )
  for (const { userId, noLonger } of people.flatMap((person) => person ?? []))
    if (noLonger) await dropPeople(db, rule, [userId], noLonger)
  return moves.filter((_, i) => people[i]?.noLonger === undefined)
}

/**
 * written → sending for several messages of one rule, in the same step in which it is seen that the rule still sends:
 * nothing leaves once it was paused or cancelled.
 */
export async function takeChunk(
  db: Store,
  accountId: AccountId,
  ruleId: string,
  moves: readonly { key: string; event: OutboxEvent }[],
  now: number,
): Promise<Taken> {
  return db.transaction('rw', db.rules, db.rulePeople, db.outbox, async () => {
    const rule = await ruleOf(db, accountId, ruleId)
    if (rule?.state === 'active') {
      if (waitsForCourse(rule, now)) return { entries: [], isStale: true }
      await firstRun(db, rule, now)
      const meant = await withoutGone(db, rule, moves)
      return { entries: await moveEntries(db, accountId, meant) }
    }
    await withdraw(db, { accountId, id: ruleId }, rule?.state === 'paused' ? 'not-attempted' : 'dropped')
    return { entries: [] }
  })
}
