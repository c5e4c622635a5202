import { type AccountId, type ConversationKey, personOf } from '../dialogue/dialogue.ts'
import { isDue, type OpenRule, type RuleEvent, rosterIsDue, takesIn } from '../dialogue/open-rule.ts'
import { quietUntilMs } from '../dialogue/quiet-hours.ts'
import type { RulePerson, Standing } from '../dialogue/rule-person.ts'
import { accountWith } from '../store/accounts.ts'
import { untoldOf } from '../store/arrival-rows.ts'
import { arrivedKeys } from '../store/ledger.ts'
import { entriesAs, entriesOfRule } from '../store/outbox.ts'
import { putPeople } from '../store/people.ts'
import { type PlannedEntry, planEntries } from '../store/plan-entries.ts'
import { provePeople } from '../store/prove-people.ts'
import type { AccountRow } from '../store/rows.ts'
import { countPeople } from '../store/rule-counts.ts'
import { changePeople, movePeople, notAttempted, rulePeopleAfter, standingsOf } from '../store/rule-people.ts'
import { activeRules, changeRule, moveRule, ruleOf } from '../store/rules.ts'
import type { Refilled, Wanted } from './bulk.ts'
import { flush } from './flush.ts'
import { tellEnds } from './hand-over.ts'
import { askReach, REACH_BATCH } from './reach.ts'
import { leftToday } from './rule-limits.ts'
import { refreshPeople } from './rule-people.ts'
import { entryFor, valuesFor, type Written, writeFor } from './rule-plan.ts'
import { proveReached } from './rule-proof.ts'
import { whyMayNotSend } from './rule-rights.ts'
import { dueNow } from './send-chunk.ts'
import { claimed, mayGoOn } from './shared-run.ts'
import { makeSureOfTime } from './site-time.ts'
import { withPerhapsNothing } from './way.ts'
import type { Connection, World } from './world.ts'

/*
 * A rule that is due: its people are brought into agreement with the course; what was already sent is proven; then a
 * slice of its people at a time is planned into the outbox, which sends it. However many people there are, the outbox
 * holds a few slices of them at most.
 */

const SLICE = 100
const ASKED_IS_GOOD_FOR = 900

interface Run {
  world: World
  connection: Connection
  account: AccountRow
  rule: OpenRule
  /** Up to this person it has planned in the order of their ids. */
  planned?: number | undefined
  /** How many more may be planned today, as counted when it began. */
  left?: number
}

const unsure = new Set<Standing>(['not-attempted', 'unknown'])

/** Before anything more is sent: what another computer, or this one before it lost its ledger, has sent. */
async function prove({ world, connection, account, rule }: Run): Promise<void> {
  const { store } = world
  const there = await standingsOf(store, rule)
  const waiting = new Set(
    (await entriesOfRule(store, account.id, rule.id)).map((entry) => entry.conversationKey),
  )
  const asked = [...there].filter(([id, as]) => unsure.has(as) && !waiting.has(`u${id}`)).map(([id]) => id)
  if (asked.length === 0) return
  const proven = await proveReached(connection, account, rule, new Set(asked))
  const isLost = rule.ledger === 'incomplete'
  const unproven = isLost ? asked.filter((id) => !proven.has(id)) : []
  await provePeople(store, rule, proven, world.serverTime(account), unproven)
  if (isLost) await changeRule(store, rule, { ledger: 'shared' })
}

/** From where it has come to, and from the first one once more when nobody is left behind that. */
async function peopleFrom(
  { world, account, rule, planned }: Run,
  limit: number,
  underWay: ReadonlySet<ConversationKey> = new Set(),
): Promise<RulePerson[]> {
  const ask = { accountId: account.id, ruleId: rule.id, standing: 'not-attempted' as const, limit }
  // Whoever was planned has left the beginning of the index, which a browser steps over one by one.
  const next =
    planned === undefined ? [] : await rulePeopleAfter(world.store, { ...ask, cursor: `${planned}` })
  if (next.length > 0) return next
  // Whoever is on the way, or was reached a moment ago, may stand as not attempted still.
  const onTheWay = [...underWay].flatMap((key) => personOf(key) ?? [])
  const arrived = (await untoldOf(world.store, rule)).flatMap(({ userIds }) => userIds)
  return notAttempted(world.store, rule, limit, new Set([...onTheWay, ...arrived]))
}

/** Who of the next people cannot be reached is refused here; tells who can. */
async function reachable(run: Run, people: readonly RulePerson[]): Promise<RulePerson[]> {
  const { world, connection, account, rule } = run
  const now = world.serverTime(account)
  const isOld = ({ timeAsked = 0 }: RulePerson) => now - timeAsked >= ASKED_IS_GOOD_FOR
  if (!people.some(isOld)) return [...people]
  // Those after them too: one request for many.
  const next = (await peopleFrom(run, REACH_BATCH)).filter(isOld).map(({ userId }) => userId)
  const { reasons, people: named } = await askReach(connection, account, next)
  await putPeople(world.store, account.id, named)
  await changePeople(world.store, rule, next, { timeAsked: now })
  for (const [userId, reason] of reasons) await movePeople(world.store, rule, [userId], 'refused', { reason })
  return people.filter(({ userId }) => !reasons.has(userId))
}

/** An answer that comes in meanwhile waits for no more messages to be written than these. */
const AT_ONCE = 20

async function writtenFor({ world, account, rule }: Run, people: readonly RulePerson[]) {
  const ids = people.map(({ userId }) => userId)
  const values = await valuesFor(world, account, rule, ids)
  const written: Written[] = []
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE)
    written.push(...(await Promise.all(some.map((id) => writeFor(account, rule, id, values.get(id))))))
  }
  return written
}

/** The next people whose turn it is, as far as the outbox, the hour and the day allow. */
async function nextPeople(run: Run, underWay: ReadonlySet<ConversationKey>): Promise<RulePerson[]> {
  const { world, account, rule } = run
  const { store } = world
  const isQuiet = quietUntilMs(account.quietHours, world.nowMs()) !== undefined
  if (isQuiet && !rule.evenInQuietHours) return []
  const written = (await entriesAs(store, account.id, ['written'])).filter(({ ruleId }) => ruleId === rule.id)
  // What is on its way is in no count of the day. The day goes on meanwhile, which can only free some more.
  run.left ??= await leftToday(world, account)
  const limit = Math.min(SLICE, run.left)
  if (limit === 0 || written.length >= 2 * SLICE) return []
  return peopleFrom(run, limit, underWay)
}

const NOTHING: Refilled = { more: false, taken: [] }

/** What the ledger may know: of a rule that nobody else has, only whoever was planned before. */
function mayHaveArrived({ rule }: Run, people: readonly RulePerson[]): string[] | undefined {
  if (rule.ledger !== undefined || rule.shared) return undefined
  return people.flatMap(({ messageKey }) => messageKey ?? [])
}

/** Which of them leave at once: so many, and none that the ledger knows as arrived. */
async function takingOf(
  run: Run,
  entries: readonly PlannedEntry[],
  people: readonly RulePerson[],
  { most, underWay }: Wanted,
) {
  const { world, account } = run
  const keys = entries.map(({ key }) => key)
  const arrived = await arrivedKeys(world.store, account.id, mayHaveArrived(run, people) ?? keys)
  return {
    keys: new Set(keys.filter((key) => !arrived.has(key)).slice(0, most)),
    underWay,
    event: dueNow(world, account),
  }
}

/** Plans the next slice, and takes of it as many as leave next. */
async function planSlice(run: Run, wanted: Wanted): Promise<Refilled> {
  const { world, account } = run
  // The person may have said since that it leaves at once.
  const rule = (await ruleOf(world.store, account.id, run.rule.id)) ?? run.rule
  run.rule = rule
  const people = await nextPeople(run, wanted.underWay)
  if (people.length === 0) return NOTHING
  const messages = await writtenFor(run, await reachable(run, people))
  run.planned = people.at(-1)?.userId
  for (const { userId, trouble } of messages)
    if (trouble) await movePeople(world.store, rule, [userId], 'refused', { trouble })
  const entries = messages
    .filter(({ trouble }) => !trouble)
    .map((each) => entryFor(world, account, rule, each))
  const ours = await claimed(
    run,
    messages.filter(({ trouble }) => !trouble).map(({ userId }) => userId),
  )
  if (!ours) return NOTHING
  const leaving = entries.filter(({ conversationKey }) => ours.has(personOf(conversationKey) ?? 0))
  const taking = await takingOf(run, leaving, people, wanted)
  const { count, taken } = await planEntries(world.store, rule, leaving, world.serverTime(account), taking)
  run.left = (run.left ?? 0) - count
  return { more: count > 0 || leaving.length === 0, taken }
}

/** What becomes of it where nobody is left whose turn it is. */
async function afterAll({ world, account, rule }: Run): Promise<RuleEvent | undefined> {
  const counts = await countPeople(world.store, rule)
  const entries = await entriesOfRule(world.store, account.id, rule.id)
  const now = await ruleOf(world.store, account.id, rule.id)
  const isOpen = now !== undefined && takesIn(now, world.serverTime(account))
  if (counts['not-attempted'] > 0 || entries.length > 0) return undefined
  return { kind: isOpen ? 'caught-up' : 'all-done' }
}

async function runRule(run: Run): Promise<void> {
  const { world, connection, account, rule } = run
  const { store } = world
  await makeSureOfTime(world, connection, account)
  if (!isDue(rule, world.nowMs(), world.serverTime(account))) return
  const mayHaveSent = rule.timeFirstRun !== undefined || rule.ledger !== undefined
  if (!(await mayGoOn(run))) return
  if (!(await refreshPeople(world, connection, account, rule))) return
  const trouble = await whyMayNotSend(world, account, rule)
  if (trouble?.kind === 'not-permitted')
    return void (await moveRule(store, account.id, rule.id, { kind: 'pause', trouble }))
  if (trouble) return
  if (mayHaveSent) await prove(run)
  await flush(world, account.id, (wanted) => planSlice(run, wanted))
  await changeRule(store, rule, { timeLastRun: world.serverTime(account) })
  const event = await afterAll(run)
  if (event) await moveRule(store, account.id, rule.id, event)
  world.changed(account.id, ['rules'])
}

/** It waits for people to join, and its course was read a short while ago. What is on its way is the outbox's. */
function isIdle(rule: OpenRule, counts: Record<Standing, number>, now: number): boolean {
  if (rule.shared && rule.shared.tenure !== 'held') return false
  return counts['not-attempted'] === 0 && takesIn(rule, now) && !rosterIsDue(rule, now)
}

/** Runs what is due of an account's rules; one run at a time, whatever is open. */
export async function runRules(world: World, accountId: AccountId): Promise<void> {
  await world.exclusively(`rules:${accountId}`, async () => {
    for (const { id } of await activeRules(world.store, accountId)) {
      const rule = await ruleOf(world.store, accountId, id)
      const account = await accountWith(world.store, accountId)
      if (!rule || !account) continue
      const now = world.serverTime(account)
      if (!isDue(rule, world.nowMs(), now)) continue
      if (isIdle(rule, await countPeople(world.store, rule), now)) continue
      const { trouble } = await withPerhapsNothing(world, accountId, (connection) =>
        runRule({ world, connection, account, rule }),
      )
      if (trouble) return
    }
    const account = await accountWith(world.store, accountId)
    if (account) await tellEnds(world, account)
  })
}
