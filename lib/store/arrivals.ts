import { personOf } from '../dialogue/dialogue.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import { personAfter, type RulePerson, type Standing } from '../dialogue/rule-person.ts'
import type { Store } from './db.ts'
import { stillSending } from './outbox.ts'
import { putMoved } from './rule-counts.ts'
import { peopleAs } from './rule-people.ts'

/*
 * That a message of a rule has left, its entry says alone: its person may stand as `not-attempted` still. That
 * it has arrived, its person says alone: the entry stays `sending` until it is filed. A site would otherwise
 * wait for two thousand more rows to be written.
 */

type OfRule = OutboxEntry & { ruleId: string }

/** The people of these entries who stand so, by the entry's key. */
async function peopleByKey(
  db: Store,
  entries: readonly OutboxEntry[],
  as: readonly Standing[],
): Promise<Map<string, RulePerson>> {
  const ofRules = entries.filter((entry): entry is OfRule => entry.ruleId !== undefined)
  const rules = new Map(ofRules.map(({ accountId, ruleId }) => [ruleId, { accountId, id: ruleId }]))
  const found = await Promise.all(
    [...rules.values()].flatMap((rule) => as.map((each) => peopleIn(db, rule, each, ofRules))),
  )
  return new Map(found.flat())
}

async function peopleIn(
  db: Store,
  rule: { accountId: string; id: string },
  as: Standing,
  entries: readonly OfRule[],
) {
  const own = new Map(
    entries
      .filter(({ ruleId }) => ruleId === rule.id)
      .map((entry) => [personOf(entry.conversationKey) ?? 0, entry]),
  )
  const people = await peopleAs(db, rule, as, [...own.keys()])
  return [...people].flatMap(([userId, person]) => {
    const key = own.get(userId)?.key
    return key === undefined ? [] : [[key, person] as const]
  })
}

/** The entries, those whose people say so as `delivered`. */
export async function asTheyStand(
  db: Store,
  entries: readonly OutboxEntry[],
): Promise<readonly OutboxEntry[]> {
  const sending = entries.filter(({ state, ruleId }) => state === 'sending' && ruleId !== undefined)
  if (sending.length === 0) return entries
  const people = await peopleByKey(db, sending, ['delivered'])
  return entries.map((entry): OutboxEntry => {
    const { messageId, messageKey } = people.get(entry.key) ?? {}
    return messageId === undefined || messageKey !== entry.key
      ? entry
      : { ...entry, state: 'delivered', messageId }
  })
}

/** → delivered for those whose entry is on its way as it was taken; tells their keys. */
export async function noteReached(db: Store, arrived: readonly OutboxEntry[]): Promise<Set<string>> {
  const [first] = arrived
  if (!first) return new Set()
  return db.transaction('rw', db.outbox, db.rulePeople, async () => {
    const sending = await stillSending(db, first.accountId, arrived)
    const people = await peopleByKey(db, arrived, ['not-attempted', 'waiting'])
    const moved = arrived.flatMap((entry) => {
      const was = sending.has(entry.key) ? people.get(entry.key) : undefined
      const is = was && personAfter(was, { ...entry, state: 'delivered' })
      return was && is ? [{ key: entry.key, was, is }] : []
    })
    await putMoved(db, moved)
    return new Set(moved.map(({ key }) => key))
  })
}
