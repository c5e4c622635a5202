import { cannotBeKnown } from '../dialogue/audience.ts'
import { compose, MESSAGE_BYTES } from '../dialogue/compose.ts'
import type { CourseAudience, OpenRule } from '../dialogue/open-rule.ts'
import type { Participant } from '../dialogue/participant.ts'
import { personIn } from '../dialogue/roster.ts'
import type { PersonReason, Standing } from '../dialogue/rule-person.ts'
import type { RulePreview } from '../dialogue/rule-views.ts'
import { type FieldValues, fieldsIn, fill } from '../dialogue/template.ts'
import type { TroubleKind } from '../dialogue/trouble.ts'
import { utf8Length } from '../dialogue/words.ts'
import { peopleOf, putPeople } from '../store/people.ts'
import { rosterHeld } from '../store/roster.ts'
import type { AccountRow } from '../store/rows.ts'
import { changePeople, forgetPeople, movePeople, rulePeopleAfter, standingsOf } from '../store/rule-people.ts'
import { ruleOf } from '../store/rules.ts'
import { CannotBeKnown, submissionsOf } from './assignments.ts'
import { groupingsIn } from './groupings.ts'
import { askReach, REACH_BATCH } from './reach.ts'
import { rosterOf } from './roster.ts'
import { leftToday } from './rule-limits.ts'
import { refreshPeople } from './rule-people.ts'
import { valuesFor, writeFor } from './rule-plan.ts'
import type { Connection, World } from './world.ts'

interface Asking {
  world: World
  connection: Connection
  account: AccountRow
  rule: OpenRule
}

const FRESH = 60

/** Who is meant now, and who of them cannot be reached; the rule's list of people says so from here on. */
async function askEverybody({ world, connection, account, rule }: Asking): Promise<void> {
  const { store } = world
  const now = world.serverTime(account)
  let cursor: string | undefined
  for (;;) {
    const ask = {
      accountId: account.id,
      ruleId: rule.id,
      standing: 'not-attempted' as const,
      limit: REACH_BATCH,
    }
    const people = await rulePeopleAfter(store, cursor === undefined ? ask : { ...ask, cursor })
    if (people.length === 0) return
    const ids = people.map(({ userId }) => userId)
    const { reasons, people: named } = await askReach(connection, account, ids)
    await putPeople(store, account.id, named)
    await changePeople(store, rule, ids, { timeAsked: now })
    for (const [userId, reason] of reasons) await movePeople(store, rule, [userId], 'refused', { reason })
    cursor = String(ids.at(-1))
  }
}

const SHOWN = 20

async function unreachable({ world, account, rule }: Asking): Promise<RulePreview['cannotBeReached']> {
  const ask = { accountId: account.id, ruleId: rule.id, standing: 'refused' as const, limit: 10_000 }
  const byReason = new Map<PersonReason, number[]>()
  for (const { userId, reason = 'no-messaging' } of await rulePeopleAfter(world.store, ask))
    byReason.set(reason, [...(byReason.get(reason) ?? []), userId])
  return Promise.all(
    [...byReason].map(async ([reason, ids]) => ({
      reason,
      count: ids.length,
      people: await named({ world, account }, ids.slice(0, SHOWN)),
    })),
  )
}

async function named({ world, account }: Pick<Asking, 'world' | 'account'>, ids: number[]) {
  return [...(await peopleOf(world.store, account.id, ids)).values()]
}

/** Of the texts as they are filled, the longest; the shortest name and the longest one are worth seeing. */
function threeOf(ids: readonly number[], values: Map<number, FieldValues>, text: string): number[] {
  const length = (id: number) => utf8Length(fill(text, values.get(id) ?? {}).text)
  const sorted = ids.toSorted((a, b) => length(b) - length(a))
  return [...new Set([sorted[0], sorted.at(-1), sorted[Math.floor(sorted.length / 2)]])].filter(
    (id): id is number => id !== undefined,
  )
}

function fieldsOf(
  { subject, text }: OpenRule,
  ids: readonly number[],
  values: Map<number, FieldValues>,
): RulePreview['fields'] {
  const { known, unknown } = fieldsIn(`${subject} ${text}`)
  const empty = new Map<string, number>()
  if (known.length > 0)
    for (const id of ids)
      for (const name of fill(`${subject} ${text}`, values.get(id) ?? {}).empty)
        empty.set(name, (empty.get(name) ?? 0) + 1)
  return [
    ...known.map((name) => ({ name, unknown: false, emptyFor: empty.get(name) ?? 0 })),
    ...unknown.map((name) => ({ name, unknown: true, emptyFor: ids.length })),
  ].filter((field) => field.unknown || field.emptyFor > 0)
}

async function samplesOf({ account, rule }: Asking, ids: number[], values: Map<number, FieldValues>) {
  const written = await Promise.all(ids.map((id) => writeFor(account, rule, id, values.get(id))))
  return written.map(({ userId, subject, text, bytes }) => {
    return { userId, subject, html: compose({ text }).html, bytes }
  })
}

/** By hand, but not in the course that the dialogues would belong to. */
async function strangers({ world, account, rule }: Asking, ids: readonly number[]): Promise<Participant[]> {
  const roster =
    rule.courseId === undefined ? undefined : await rosterHeld(world.store, account.id, rule.courseId)
  if (!roster || rule.audience.kind === 'course') return []
  return named({ world, account }, ids.filter((id) => !personIn(roster, id)).slice(0, SHOWN))
}

async function unknownOf(asking: Asking): Promise<RulePreview['unknown']> {
  const { world, connection, account, rule } = asking
  const { audience } = rule
  if (audience.kind !== 'course') return []
  const roster = await rosterHeld(world.store, account.id, audience.courseId)
  if (!roster) return []
  const groupings = audience.groupingIds && (await groupingsIn(world, connection, account, roster))
  return [...cannotBeKnown(audience, roster, groupings), ...(await whyNotFitting(asking, audience))]
}

/** Where the condition picks nobody, whether that is because the site does not tell. */
async function whyNotFitting(asking: Asking, audience: CourseAudience): Promise<RulePreview['unknown']> {
  const { condition, courseId } = audience
  const meant = (await standingsOf(asking.world.store, asking.rule)).size
  if (meant > 0 || !condition || !('cmid' in condition)) return []
  try {
    const { duedate } = await submissionsOf(asking, { courseId, cmid: condition.cmid })
    if (condition.kind === 'not-submitted') await duedate()
    return []
  } catch (error) {
    if (!(error instanceof CannotBeKnown)) throw error
    return [UNKNOWN_FOR[error.trouble.kind] ?? 'submissions']
  }
}

const UNKNOWN_FOR: Partial<Record<TroubleKind, RulePreview['unknown'][number]>> = {
  'grader-not-opened': 'grader',
  'grading-filtered': 'grading-filter',
}

/** Where groups are named, nobody else is meant. */
async function inOtherGroups({ world, account, rule: { audience } }: Asking): Promise<number> {
  if (audience.kind !== 'course' || audience.groupIds || audience.groupingIds) return 0
  return (await rosterHeld(world.store, account.id, audience.courseId))?.inOtherGroups ?? 0
}

async function describe(asking: Asking): Promise<RulePreview> {
  const { world, account, rule } = asking
  const standings = await standingsOf(world.store, rule)
  const standing = (which: Standing) => [...standings].filter(([, as]) => as === which).map(([id]) => id)
  const ids = standing('not-attempted')
  const values = await valuesFor(world, account, rule, ids)
  const samples = await samplesOf(asking, threeOf(ids, values, rule.text), values)
  const people = await peopleOf(
    world.store,
    account.id,
    samples.map(({ userId }) => userId),
  )
  return {
    willGetIt: ids.length,
    haveIt: standing('delivered').length,
    unknownIfReached: standing('unknown').length,
    samples: samples.map(({ userId, ...sample }) => ({
      ...sample,
      person: people.get(userId) ?? { id: userId, fullName: '' },
    })),
    cannotBeReached: await unreachable(asking),
    wrongCourse: await strangers(asking, [...standings.keys()]),
    otherGroups: await inOtherGroups(asking),
    unknown: await unknownOf(asking),
    longestBytes: Math.max(0, ...samples.map(({ bytes }) => bytes)),
    limit: MESSAGE_BYTES,
    fields: fieldsOf(rule, ids, values),
    leftToday: await leftToday(world, account),
  }
}

/** Reads the course anew, asks who can be reached and fills texts; nothing is sent. Throws what went wrong on the way. */
export async function previewRule(
  world: World,
  connection: Connection,
  account: AccountRow,
  rule: OpenRule,
): Promise<RulePreview> {
  const asking = { world, connection, account, rule }
  if (rule.state === 'draft') {
    const { timeRoster: _, ...fresh } = rule
    await forgetPeople(world.store, rule)
    // Of people by hand it is seen whether they are in the course at all.
    if (rule.courseId !== undefined)
      await rosterOf(world, connection, account, { courseId: rule.courseId, maxAge: FRESH })
    await refreshPeople(world, connection, account, fresh, FRESH)
    await askEverybody(asking)
  } else if (rule.state === 'paused') {
    // Whom it has reached stays; what was edited counts for the others.
    await refreshPeople(world, connection, account, rule, FRESH)
    await askEverybody(asking)
  }
  world.changed(account.id, ['rules'])
  const now = (await ruleOf(world.store, account.id, rule.id)) ?? rule
  return describe({ ...asking, rule: now })
}
