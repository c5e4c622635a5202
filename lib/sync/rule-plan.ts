import { isBlank } from '../dialogue/blank.ts'
import { compose, MESSAGE_BYTES } from '../dialogue/compose.ts'
import { withPerson } from '../dialogue/dialogue.ts'
import { dueDateText } from '../dialogue/due-date.ts'
import { cleanSubject, type LinkToWrite } from '../dialogue/link.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'
import { coursePageUrl, messagePageUrl } from '../dialogue/page.ts'
import { signed } from '../dialogue/signature.ts'
import { type FieldValues, fieldsIn, fill } from '../dialogue/template.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { courseOf, peopleOf } from '../store/people.ts'
import type { PlannedEntry } from '../store/plan-entries.ts'
import { rosterHeld } from '../store/roster.ts'
import type { AccountRow } from '../store/rows.ts'
import { ruleOf } from '../store/rules.ts'
import { ruleKeysOf } from './rule-keys.ts'
import type { World } from './world.ts'

/** As last read, which may be since the rule's run began. */
async function dueDateOf(world: World, account: AccountRow, { id }: OpenRule): Promise<string | undefined> {
  const { timeDue = 0 } = (await ruleOf(world.store, account.id, id)) ?? {}
  return timeDue === 0 ? undefined : dueDateText(timeDue, world.language?.() ?? 'en')
}

/** What the fields say of each of these people. */
export async function valuesFor(
  world: World,
  account: AccountRow,
  rule: OpenRule,
  userIds: readonly number[],
): Promise<Map<number, FieldValues>> {
  if (fieldsIn(rule.subject + rule.text).known.length === 0) return new Map()
  const courseId = rule.courseId ?? (rule.audience.kind === 'course' ? rule.audience.courseId : undefined)
  const { store } = world
  const [course, roster, people, duedate] = await Promise.all([
    courseOf(store, account.id, courseId),
    courseId === undefined ? undefined : rosterHeld(store, account.id, courseId),
    peopleOf(store, account.id, userIds),
    dueDateOf(world, account, rule),
  ])
  const groups = new Map(roster?.groups.map(({ id, name }) => [id, name]))
  const wanted = new Set(userIds)
  const inCourse = new Map(
    roster?.people.filter(({ userId }) => wanted.has(userId)).map((person) => [person.userId, person]),
  )
  const common = { course: course?.name, activity: rule.about?.name, teacher: account.fullName, duedate }
  return new Map(
    userIds.map((userId) => {
      const person = inCourse.get(userId)
      const group = person?.groupIds.flatMap((id) => groups.get(id) ?? []).join(', ')
      const { firstName: firstname, lastName: lastname } = person ?? {}
      const fullname = person?.fullName ?? people.get(userId)?.fullName
      return [userId, { ...common, firstname, lastname, fullname, group }]
    }),
  )
}

async function linkFor(
  account: AccountRow,
  rule: OpenRule,
  userId: number,
  subject: string,
): Promise<LinkToWrite> {
  const { courseId, about, repliesExpected } = rule
  const page =
    courseId === undefined ? messagePageUrl(account.wwwroot) : coursePageUrl(account.wwwroot, courseId)
  return {
    url: about?.url ?? page,
    ...(await ruleKeysOf(rule, userId)),
    does: 'open',
    subject,
    ruleId: rule.id,
    ...(courseId === undefined ? {} : { courseId }),
    ...(repliesExpected ? {} : { repliesExpected }),
  }
}

/** What it would leave with if it were started now: as its composer showed it, or the course's of today. */
export function signatureNow(
  { signatures }: AccountRow,
  { courseId, oneOff, signature }: OpenRule,
): string | undefined {
  if (oneOff) return signature
  return courseId === undefined ? undefined : signatures?.[courseId]
}

/** A rule that was started keeps to the one that its preview showed. */
function signatureFor(account: AccountRow, rule: OpenRule): string | undefined {
  return (rule.state === 'active' ? rule.signature : undefined) ?? signatureNow(account, rule)
}

export interface Written {
  userId: number
  subject: string
  text: string
  html: string
  bytes: number
  link: LinkToWrite
  trouble?: Trouble
}

/** The message as this person gets it. */
export async function writeFor(
  account: AccountRow,
  rule: OpenRule,
  userId: number,
  values: FieldValues = {},
): Promise<Written> {
  const subject = cleanSubject(fill(rule.subject, values).text)
  const text = signed(fill(rule.text, values).text, signatureFor(account, rule))
  const link = await linkFor(account, rule, userId, subject)
  const { html, bytes } = compose({ text, link })
  const trouble = troubleWith(text, bytes)
  return { userId, subject, text, html, bytes, link, ...(trouble ? { trouble } : {}) }
}

function troubleWith(text: string, bytes: number): Trouble | undefined {
  if (isBlank(text)) return { kind: 'empty', mender: 'person' }
  return bytes > MESSAGE_BYTES ? { kind: 'too-long', mender: 'person' } : undefined
}

export function entryFor(world: World, account: AccountRow, rule: OpenRule, written: Written): PlannedEntry {
  const { userId, text, html, link } = written
  const { repliesExpected, about, courseId, evenInQuietHours } = rule
  return {
    key: link.m,
    accountId: account.id,
    conversationKey: withPerson(userId),
    dialogueId: link.dialogueId,
    text,
    html,
    hasLink: true,
    subject: link.subject,
    aboutUrl: link.url,
    ruleId: rule.id,
    ...(about ? { aboutName: about.name } : {}),
    ...(repliesExpected ? {} : { repliesExpected }),
    ...(courseId === undefined ? {} : { courseId }),
    ...(evenInQuietHours ? { evenInQuietHours } : {}),
    state: 'written',
    timeWritten: world.serverTime(account),
    notBeforeMs: 0,
    attempts: 0,
    looks: 0,
  }
}
