import { type ConversationKey, personOf } from '../dialogue/dialogue.ts'
import { type OpenRule, waitsForCourse } from '../dialogue/open-rule.ts'
import { type OutboxEntry, type OutboxEvent, step } from '../dialogue/outbox.ts'
import { plannedAs, stepPerson } from '../dialogue/rule-person.ts'
import type { Store } from './db.ts'
import { addLots } from './lots.ts'
import { entriesAs, keysAlone, keysOf, lastPosition } from './outbox.ts'
import { putMoved } from './rule-counts.ts'
import { idsAs, peopleAs } from './rule-people.ts'
import { firstRun, ruleOf } from './rules.ts'

function saysTheSame(one: OpenRule, other: OpenRule): boolean {
  const words = ({ subject, text, about, courseId, repliesExpected }: OpenRule) =>
    JSON.stringify([subject, text, about?.url, courseId, repliesExpected])
  return words(one) === words(other)
}

export type PlannedEntry = Omit<OutboxEntry, 'position'>

/** Those of them with these keys leave at once, except to whom something is under way. */
export interface Taking {
  keys: ReadonlySet<string>
  underWay: ReadonlySet<ConversationKey>
  event: OutboxEvent & { kind: 'due' }
}

export interface Planned {
  count: number
  taken: OutboxEntry[]
}

/** written → sending in the step in which they are written, where nothing is before them and the course is known. */
async function takenOf(
  db: Store,
  rule: OpenRule,
  entries: readonly OutboxEntry[],
  { keys, underWay, event }: Taking,
  now: number,
): Promise<OutboxEntry[]> {
  if (waitsForCourse(rule, now)) return []
  const before = await entriesAs(db, rule.accountId, ['written', 'unconfirmed'])
  const taken = new Set([...underWay, ...before.map(({ conversationKey }) => conversationKey)])
  const free = entries.filter(({ key, conversationKey }) => keys.has(key) && !taken.has(conversationKey))
  return free.flatMap((entry) => step(entry, event) ?? [])
}

const userIdOf = ({ conversationKey }: PlannedEntry) => personOf(conversationKey) ?? 0

/** Those of them whose turn it is still. Of whom nothing is written when their message leaves, no row is read. */
async function whoseTurnItIs(db: Store, rule: OpenRule, entries: readonly PlannedEntry[]) {
  const ids = await idsAs(db, rule, 'not-attempted', entries.map(userIdOf))
  return entries.filter((entry) => ids.has(userIdOf(entry)))
}

/** not-attempted → waiting */
async function writeWaiting(db: Store, rule: OpenRule, entries: readonly PlannedEntry[]): Promise<void> {
  if (entries.length === 0) return
  const people = await peopleAs(db, rule, 'not-attempted', entries.map(userIdOf))
  const moved = entries.flatMap((entry) => {
    const was = people.get(userIdOf(entry))
    const is = was && stepPerson(was, 'waiting')
    return is ? [{ was, is: { ...is, ...plannedAs(entry) } }] : []
  })
  await putMoved(db, moved)
}

/**
 * not-attempted → waiting: people and their messages in one step, if the rule still sends and says the same. Some of
 * them may be taken in the same step.
 */
export function planEntries(
  db: Store,
  rule: OpenRule,
  entries: readonly PlannedEntry[],
  now: number,
  taking: Taking,
): Promise<Planned> {
  const plan = (keysThere: (db: Store, accountId: string) => Promise<ReadonlySet<string>>) =>
    db.transaction('rw', db.rules, db.rulePeople, db.outbox, async () => {
      const stored = await ruleOf(db, rule.accountId, rule.id)
      if (stored?.state !== 'active' || !saysTheSame(stored, rule)) return { count: 0, taken: [] }
      const there = await keysThere(db, rule.accountId)
      const planned = await whoseTurnItIs(
        db,
        rule,
        entries.filter(({ key }) => !there.has(key)),
      )
      const position = await lastPosition(db, rule.accountId)
      const written = planned.map((entry, i) => ({ ...entry, position: position + 1 + i }))
      const taken = await takenOf(db, stored, written, taking, now)
      if (taken.length > 0) await firstRun(db, stored, now)
      const sending = new Map(taken.map((entry) => [entry.key, entry]))
      // Of people whose message leaves in a lot nothing is written before the site has answered; others read a shared rule.
      const isAlone = ({ key }: PlannedEntry) => stored.shared !== undefined || !sending.has(key)
      const alone = written.filter(isAlone)
      await writeWaiting(db, stored, alone)
      await db.outbox.bulkAdd(alone.map((entry) => sending.get(entry.key) ?? entry))
      await addLots(
        db,
        taken.filter((entry) => !isAlone(entry)),
      )
      return { count: planned.length, taken }
    })
  // What is in lots need not be read: the database takes nothing of what is in one already.
  return plan(keysAlone).catch('BulkError', () => plan(keysOf))
}
