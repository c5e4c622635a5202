import { isDue, type OpenRule } from '../dialogue/open-rule.ts'
import { secondsFor } from '../dialogue/pace.ts'
import { quietUntilMs } from '../dialogue/quiet-hours.ts'
import type { Standing } from '../dialogue/rule-person.ts'
import type { RuleHold } from '../dialogue/rule-views.ts'
import { arrivalsOf } from '../store/arrival-rows.ts'
import { entriesAs, firstSending } from '../store/outbox.ts'
import type { RuleNow } from '../store/read-rules.ts'
import type { AccountRow } from '../store/rows.ts'
import { countPlannedSince } from '../store/rule-people.ts'
import { syncOf } from '../store/sync-state.ts'
import type { World } from './world.ts'

/** So many messages of rules leave an account in a day, whatever else is allowed. */
export const DAILY_CAP = 2000
const DAY = 86_400

export async function capOf(world: World): Promise<number> {
  return (await world.dailyCap?.()) ?? DAILY_CAP
}

/** How many more may be planned today. Of who is on the way, their person may not say yet that they were. */
export async function leftToday(world: World, account: AccountRow): Promise<number> {
  const since = world.serverTime(account) - DAY
  const planned = await countPlannedSince(world.store, account.id, since)
  const told = (await arrivalsOf(world.store, account.id)).flatMap((row) => (row.told ? row.keys : []))
  const isCounted = new Set(told)
  const sending = await entriesAs(world.store, account.id, ['sending'])
  const onTheWay = sending.filter(({ ruleId, key }) => ruleId && !isCounted.has(key))
  return Math.max(0, (await capOf(world)) - planned - onTheWay.length)
}

/** What a screen is told of a rule beside what is stored of it. */
export async function ruleNow(
  world: World,
  account: AccountRow,
  rule: OpenRule,
  counts: Record<Standing, number>,
): Promise<RuleNow> {
  // The day does not hold what is on its way, nor whom a rule has reached already.
  const mayBeHeldByDay =
    counts.waiting === 0 &&
    counts['not-attempted'] > 0 &&
    (await firstSending(world.store, account.id))?.ruleId !== rule.id
  const hold = await holdOf(world, account, rule, mayBeHeldByDay)
  if (hold) return { hold }
  const { pace } = await syncOf(world.store, account.id)
  if (rule.state !== 'active' || !pace) return {}
  const secondsLeft = secondsFor(pace, counts['not-attempted'] + counts.waiting)
  return secondsLeft ? { secondsLeft } : {}
}

/** What holds a rule that is active, as the person is told. */
export async function holdOf(
  world: World,
  account: AccountRow,
  rule: OpenRule,
  mayBeHeldByDay = true,
): Promise<RuleHold | undefined> {
  if (rule.state !== 'active') return undefined
  const [nowMs, now] = [world.nowMs(), world.serverTime(account)]
  const { timeNotBefore = 0, notBeforeMs = 0 } = rule
  if (now < timeNotBefore) return { kind: 'schedule', untilMs: timeNotBefore * 1000 }
  if (!isDue(rule, nowMs, now)) return { kind: 'undo', untilMs: notBeforeMs }
  const untilMs = quietUntilMs(account.quietHours, nowMs)
  if (untilMs !== undefined && !rule.evenInQuietHours) return { kind: 'quiet-hours', untilMs }
  const { trouble } = await syncOf(world.store, account.id)
  if (trouble) return { kind: 'trouble', trouble }
  if (!mayBeHeldByDay || (await leftToday(world, account)) > 0) return undefined
  return { kind: 'daily-cap', cap: await capOf(world), untilMs: nowMs + DAY * 1000 }
}
