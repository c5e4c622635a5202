import Dexie from 'dexie'
import type { AccountId } from '../dialogue/dialogue.ts'
import { type OpenRule, type RuleEvent, type RuleId, stepRule } from '../dialogue/open-rule.ts'
import type { Store } from './db.ts'
import { remembered } from './remembered.ts'

export function ruleOf(db: Store, accountId: AccountId, id: RuleId): Promise<OpenRule | undefined> {
  return remembered(db, 'rules', `${accountId} ${id}`, async () => db.rules.get([accountId, id]))
}

/** Those that may have something to do; how many there ever were does not count. */
export function activeRules(db: Store, accountId: AccountId): Promise<readonly OpenRule[]> {
  return remembered(db, 'rules', accountId, async () => {
    const rules = db.rules.where(':id').between([accountId, ''], [accountId, '\uffff'])
    return rules.filter(({ state }) => state === 'active').sortBy('timeCreated')
  })
}

export interface RulesAsk {
  accountId: AccountId
  courseId?: number
  oneOff?: boolean
  limit: number
  cursor?: string
}

/** Newest first. */
export async function rulesOf(db: Store, ask: RulesAsk): Promise<{ rules: OpenRule[]; next?: string }> {
  const { accountId, courseId, oneOff, limit, cursor } = ask
  const upTo = cursor === undefined ? Dexie.maxKey : Number(cursor)
  const rules = await db.rules
    .where('[accountId+timeCreated]')
    .between([accountId, Dexie.minKey], [accountId, upTo], true, false)
    .reverse()
    .filter((rule) => courseId === undefined || rule.courseId === courseId)
    .filter((rule) => oneOff === undefined || (rule.oneOff ?? false) === oneOff)
    .limit(limit)
    .toArray()
  const last = rules.at(-1)
  return { rules, ...(last && rules.length === limit ? { next: String(last.timeCreated) } : {}) }
}

export async function putRule(db: Store, rule: OpenRule): Promise<void> {
  await db.rules.put(rule)
}

/** Moves a stored rule along one arrow; nothing happens where it has none. */
export async function moveRule(
  db: Store,
  accountId: AccountId,
  id: RuleId,
  event: RuleEvent,
): Promise<OpenRule | undefined> {
  return db.transaction('rw', db.rules, async () => {
    const rule = await ruleOf(db, accountId, id)
    const moved = rule && stepRule(rule, event)
    if (moved) await db.rules.put(moved)
    return moved
  })
}

export async function changeRule(
  db: Store,
  { accountId, id }: Pick<OpenRule, 'accountId' | 'id'>,
  change: Partial<OpenRule>,
): Promise<void> {
  await db.rules.update([accountId, id], change)
}

/** Thrown away by the person; what has run is a record and stays. */
export async function discardRule(db: Store, accountId: AccountId, id: RuleId): Promise<void> {
  await db.transaction('rw', db.rules, db.rulePeople, async () => {
    if ((await ruleOf(db, accountId, id))?.state !== 'draft') return
    await db.rules.delete([accountId, id])
    await db.rulePeople
      .where(':id')
      .between([accountId, id, Dexie.minKey], [accountId, id, Dexie.maxKey])
      .delete()
  })
}

/** From its first message on, what it has sent is to be proven before it sends more. */
export async function firstRun(db: Store, rule: OpenRule, now: number): Promise<void> {
  if (rule.timeFirstRun === undefined) await changeRule(db, rule, { timeFirstRun: now })
}
