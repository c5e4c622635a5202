import { cannotBeKnown, meantIn, showsInIds, whyNotMeant, withGroupings } from '../dialogue/audience.ts'
import { type CourseAudience, type OpenRule, rosterIsDue, takesIn } from '../dialogue/open-rule.ts'
import { personIn, type Roster, type RosterPerson } from '../dialogue/roster.ts'
import type { PersonReason, Standing } from '../dialogue/rule-person.ts'
import { fieldsIn } from '../dialogue/template.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { applyInherited } from '../store/inherited.ts'
import { putPeople } from '../store/people.ts'
import type { AccountRow } from '../store/rows.ts'
import { dropPeople } from '../store/rule-outbox.ts'
import { addPeople, bringBack, meantAgain, standingsOf } from '../store/rule-people.ts'
import { changeRule, moveRule } from '../store/rules.ts'
import { CannotBeKnown } from './assignments.ts'
import { fitting } from './conditions.ts'
import { groupingsIn } from './groupings.ts'
import { rosterOf } from './roster.ts'
import { readDueDate } from './rule-due.ts'
import type { Connection, World } from './world.ts'

const HOUR = 3600
/** What was read for a screen a while ago must not put this off for another hour. */
const FRESH_ENOUGH = HOUR - 60

interface Change {
  added: RosterPerson[]
  back: number[]
  /** Meant, and on their way. */
  underWay: number[]
  dropped: Map<PersonReason, number[]>
}

/** Whose turn has not come. */
const mayDrop = new Set<Standing>(['not-attempted', 'waiting', 'unknown'])

function isUnderWay(standing: Standing | undefined): boolean {
  return standing === 'waiting' || standing === 'unknown'
}

function put(map: Map<PersonReason, number[]>, reason: PersonReason, userId: number): void {
  map.set(reason, [...(map.get(reason) ?? []), userId])
}

/** Whom the course has gained, lost and regained, as far as it concerns the rule. */
function changeOf(
  audience: CourseAudience,
  roster: Roster,
  there: ReadonlyMap<number, Standing>,
  meant: readonly RosterPerson[],
  fits: ReadonlySet<number> | undefined,
): Change {
  const dropped = new Map<PersonReason, number[]>()
  const isMeant = new Set(meant.map(({ userId }) => userId))
  for (const [userId, standing] of there) {
    if (!mayDrop.has(standing) || isMeant.has(userId)) continue
    const person = personIn(roster, userId)
    put(dropped, (person && whyNotMeant(audience, person, fits)) ?? 'left', userId)
  }
  return {
    added: meant.filter(({ userId }) => !there.has(userId)),
    back: meant.filter(({ userId }) => there.get(userId) === 'dropped').map(({ userId }) => userId),
    underWay: meant.filter(({ userId }) => isUnderWay(there.get(userId))).map(({ userId }) => userId),
    dropped,
  }
}

async function keep(world: World, rule: OpenRule, change: Change, now: number): Promise<void> {
  const { store } = world
  const isOpen = takesIn(rule, now)
  await store.transaction('rw', store.people, store.rulePeople, store.outbox, async () => {
    for (const [reason, userIds] of change.dropped) await dropPeople(store, rule, userIds, reason)
    await bringBack(store, rule, change.back)
    await meantAgain(store, rule, change.underWay)
    if (!isOpen) return
    await putPeople(store, rule.accountId, change.added.map(shown))
    const userIds = change.added.map(({ userId }) => userId)
    await addPeople(store, rule, userIds)
  })
}

function shown({ userId, fullName, pictureUrl }: RosterPerson) {
  return { id: userId, fullName, ...(pictureUrl ? { pictureUrl } : {}) }
}

function orWhyNot(error: unknown): Trouble {
  if (error instanceof CannotBeKnown) return error.trouble
  throw error
}

/** It was read at its time, and nobody's turn is to come: all that may happen is that somebody joins. */
function isWaiting({ timeRoster, timeNotBefore = 0 }: OpenRule, there: ReadonlyMap<number, Standing>) {
  if (timeRoster === undefined || timeRoster < timeNotBefore) return false
  return [...there.values()].every((standing) => !mayDrop.has(standing))
}

async function readCourse(
  world: World,
  connection: Connection,
  account: AccountRow,
  rule: OpenRule,
  audience: CourseAudience,
  maxAge: number | undefined,
): Promise<boolean> {
  const { store } = world
  const now = world.serverTime(account)
  const { courseId } = audience
  const there = await standingsOf(store, rule)
  const waits = maxAge === undefined && isWaiting(rule, there)
  const ask = { courseId, maxAge: maxAge ?? FRESH_ENOUGH, ifSame: waits && showsInIds(audience) }
  const roster = await rosterOf(world, connection, account, ask)
  const answer = await fitting(world, connection, account, audience, roster).catch(orWhyNot)
  const [fits, whyNot] = answer && 'mender' in answer ? [undefined, answer] : [answer, undefined]
  const groupings = audience.groupingIds && (await groupingsIn(world, connection, account, roster))
  if (whyNot || cannotBeKnown(audience, roster, groupings).length > 0) {
    const trouble: Trouble = whyNot ?? { kind: 'not-permitted', mender: 'person' }
    await moveRule(store, account.id, rule.id, { kind: 'pause', trouble })
    return false
  }
  const nowMeant = withGroupings(audience, groupings)
  const meant = meantIn(nowMeant, roster, account.userId, fits)
  await keep(world, rule, changeOf(nowMeant, roster, there, meant, fits), now)
  await changeRule(store, rule, { timeRoster: waits ? timeKnown(rule, roster) : now })
  return true
}

/** Whoever joined after it was read or compared is not to wait for longer than an hour from there. */
function timeKnown({ timeNotBefore = 0 }: OpenRule, { timeRead, timeCompared = 0 }: Roster): number {
  return Math.max(timeNotBefore, timeRead, timeCompared)
}

/** What the words say of each, the course knows; without it they are shown as empty. */
async function readNames(
  world: World,
  connection: Connection,
  account: AccountRow,
  { courseId, subject, text }: OpenRule,
): Promise<void> {
  if (courseId === undefined || fieldsIn(subject + text).known.length === 0) return
  await rosterOf(world, connection, account, { courseId }).catch(() => undefined)
}

/**
 * Brings the rule's people into agreement with the course, at most once an hour. False: it cannot go on.
 * `maxAge`, in seconds: how old a reading of the course will do; without it, one that is still borne out by who is
 * enrolled.
 */
export async function refreshPeople(
  world: World,
  connection: Connection,
  account: AccountRow,
  rule: OpenRule,
  maxAge?: number,
): Promise<boolean> {
  const isDone = await readPeople(world, connection, account, rule, maxAge)
  if (isDone && rule.shared) await applyInherited(world.store, rule, world.serverTime(account))
  return isDone
}

async function readPeople(
  world: World,
  connection: Connection,
  account: AccountRow,
  rule: OpenRule,
  maxAge?: number,
): Promise<boolean> {
  await readDueDate(world, connection, account, rule)
  if (!rosterIsDue(rule, world.serverTime(account))) return true
  const { audience } = rule
  if (audience.kind === 'course') return readCourse(world, connection, account, rule, audience, maxAge)
  await readNames(world, connection, account, rule)
  await addPeople(
    world.store,
    rule,
    audience.userIds.filter((id) => id !== account.userId),
  )
  await changeRule(world.store, rule, { timeRoster: world.serverTime(account) })
  return true
}
