import type { DBCore, DBCoreMutateRequest } from 'dexie'
import Dexie from 'dexie'
import type { OpenRule } from '../dialogue/open-rule.ts'
import type { RulePerson, Standing } from '../dialogue/rule-person.ts'
import { untoldOf } from './arrival-rows.ts'
import type { Store } from './db.ts'
import { writesTo } from './remembered.ts'

/*
 * How many of a rule's people stand how, and how many have answered. A browser counts a thousand of them in 10 ms, and screens ask at every step of
 * a rule that sends: they are counted once and followed by what is written. After a write that does not tell how they
 * stood before, and after one of another context, they are counted anew.
 */

type RuleKey = Pick<OpenRule, 'accountId' | 'id'>
export type Counts = Record<Standing, number>

const TABLE = 'rulePeople'
export const STANDINGS: Standing[] = [
  'not-attempted',
  'waiting',
  'delivered',
  'refused',
  'unknown',
  'dropped',
]

export interface Tally {
  counts: Counts
  answered: number
}

interface Kept extends Tally {
  /** Right as long as nothing more is written. */
  readAt: number
}

export interface Moved {
  was: RulePerson
  is: RulePerson
}

const tallies = new WeakMap<Store, Map<string, Kept>>()
const told = new WeakMap<readonly unknown[], readonly Moved[]>()

const keyOf = (accountId: string, ruleId: string) => `${accountId} ${ruleId}`

/** For writes that say how those people stood, as this transaction has read them. */
export async function putMoved(db: Store, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return
  const rows = moved.map(({ is }) => is)
  told.set(rows, moved)
  await db.rulePeople.bulkPut(rows)
}

const asNumber = ({ timeAnswered }: RulePerson) => (timeAnswered === undefined ? 0 : 1)

function follow(of: Map<string, Kept>, moved: readonly Moved[]): void {
  const now = writesTo(TABLE)
  const right = new Map([...of].filter(([, { readAt }]) => readAt === now - 1))
  for (const tally of right.values()) tally.readAt = now
  for (const { was, is } of moved) {
    const tally = right.get(keyOf(is.accountId, is.ruleId))
    if (!tally) continue
    tally.counts[was.standing]--
    tally.counts[is.standing]++
    tally.answered += asNumber(is) - asNumber(was)
  }
}

/** Adds what a transaction has moved when it is committed, if it has told everything. */
function createNote(of: Map<string, Kept>) {
  const pending = new WeakMap<object, (readonly Moved[] | undefined)[]>()
  return (transaction: object, { type, ...request }: DBCoreMutateRequest): void => {
    const moved = type === 'put' && 'values' in request ? told.get(request.values) : undefined
    const there = pending.get(transaction)
    if (there) return void there.push(moved)
    const all = [moved]
    pending.set(transaction, all)
    const commit = () => {
      // Dexie hears of the same event, before this or after it.
      if (all.every((each) => each !== undefined)) queueMicrotask(() => follow(of, all.flat()))
    }
    ;(transaction as IDBTransaction).addEventListener('complete', commit, { once: true })
  }
}

/** Watches what is written of rules' people. */
export function watchPeople(db: Store): void {
  const of = new Map<string, Kept>()
  tallies.set(db, of)
  const note = createNote(of)
  const create = (core: DBCore): DBCore => ({
    ...core,
    table(name) {
      const table = core.table(name)
      if (name !== TABLE) return table
      return {
        ...table,
        mutate(request) {
          note(request.trans, request)
          return table.mutate(request)
        },
      }
    },
  })
  db.use({ stack: 'dbcore', name: 'people', create })
}

function counted(db: Store, { accountId, id }: RuleKey): Promise<number[]> {
  const as = (standing: Standing) =>
    db.rulePeople
      .where('[accountId+ruleId+standing+userId]')
      .between([accountId, id, standing, Dexie.minKey], [accountId, id, standing, Dexie.maxKey])
      .count()
  const answered = () =>
    db.rulePeople
      .where('[accountId+ruleId+timeAnswered]')
      .between([accountId, id, Dexie.minKey], [accountId, id, Dexie.maxKey])
      .count()
  return db.transaction('r', db.rulePeople, () => Promise.all([...STANDINGS.map(as), answered()]))
}

/** As their rows say. */
async function tallyOfRows(db: Store, rule: RuleKey): Promise<Tally> {
  const isInside = Boolean(Dexie.currentTransaction)
  const key = keyOf(rule.accountId, rule.id)
  const there = tallies.get(db)?.get(key)
  const readAt = writesTo(TABLE)
  if (there?.readAt === readAt && !isInside) return { counts: { ...there.counts }, answered: there.answered }
  const found = await counted(db, rule)
  const counts = Object.fromEntries(STANDINGS.map((as, i) => [as, found[i] ?? 0])) as Counts
  const answered = found.at(-1) ?? 0
  if (!isInside && writesTo(TABLE) === readAt) tallies.get(db)?.set(key, { readAt, counts, answered })
  return { counts: { ...counts }, answered }
}

export async function tallyOf(db: Store, rule: RuleKey): Promise<Tally> {
  const [{ counts, answered }, untold] = await Promise.all([tallyOfRows(db, rule), untoldOf(db, rule)])
  const arrived = untold.reduce((sum, { keys }) => sum + keys.length, 0)
  const late = Math.min(arrived, counts['not-attempted'])
  const told = { 'not-attempted': counts['not-attempted'] - late, delivered: counts.delivered + late }
  return { counts: { ...counts, ...told }, answered }
}

export async function countPeople(db: Store, rule: RuleKey): Promise<Counts> {
  return (await tallyOf(db, rule)).counts
}
