import type { AccountId } from '../dialogue/dialogue.ts'
import { rosterIsDue } from '../dialogue/open-rule.ts'
import type { OutboxEntry, OutboxEvent } from '../dialogue/outbox.ts'
import type { Store } from './db.ts'
import { moveEntries } from './outbox.ts'
import { withdraw } from './rule-outbox.ts'
import { changeRule, ruleOf } from './rules.ts'

interface Taken {
  entries: OutboxEntry[]
  /** They stay where they are until it is known who is still meant. */
  isStale?: boolean
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
      if (rule.audience.kind === 'course' && rosterIsDue(rule, now)) return { entries: [], isStale: true }
      if (rule.timeFirstRun === undefined) await changeRule(db, rule, { timeFirstRun: now })
      return { entries: await moveEntries(db, accountId, moves) }
    }
    await withdraw(db, { accountId, id: ruleId }, rule?.state === 'paused' ? 'not-attempted' : 'dropped')
    return { entries: [] }
  })
}
