import { cleanSubject } from './link.ts'
import type { Condition, CourseAudience, OpenRule } from './open-rule.ts'
import { type SiteAddresses, underPresentRoot } from './site.ts'

/** What of a rule another teacher needs to go on with it. Its secret is not among it. */
export type SharedWords = Pick<
  OpenRule,
  'subject' | 'text' | 'about' | 'repliesExpected' | 'timeNotBefore' | 'future'
> & { courseId: number; audience: CourseAudience }

/** Those that mean the same on another computer; the ledger of another rule is here alone. */
export function wordsToShare(
  rule: Omit<SharedWords, 'courseId' | 'audience'> & Pick<OpenRule, 'audience' | 'oneOff'>,
): SharedWords | undefined {
  const { audience, subject, text, about, repliesExpected, timeNotBefore, future, oneOff } = rule
  if (audience.kind !== 'course' || oneOff || audience.condition?.kind === 'not-answered') return undefined
  return {
    courseId: audience.courseId,
    audience,
    subject,
    text,
    repliesExpected,
    ...(about ? { about } : {}),
    ...(timeNotBefore === undefined ? {} : { timeNotBefore }),
    ...(future ? { future } : {}),
  }
}

type Values = Record<string, unknown>

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length <= longest

const areIds = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length <= 10_000 && value.every(isCount)

/** One of the kinds that can be shared, and nothing of it that was not checked; null: there is one that is none of them. */
function conditionOf(value: unknown): Condition | undefined | null {
  if (value === undefined) return undefined
  if (!isValues(value)) return null
  const { kind, cmid, time, dueWithinSeconds, overdueBySeconds } = value
  if (kind === 'in-no-group') return { kind }
  if (kind === 'not-in-course-since') return isCount(time) ? { kind, time } : null
  if (!isCount(cmid)) return null
  if (kind === 'submitted-not-graded') return { kind, cmid }
  if (kind !== 'not-submitted') return null
  const within = isCount(dueWithinSeconds) ? { dueWithinSeconds } : {}
  return { kind, cmid, ...within, ...(isCount(overdueBySeconds) ? { overdueBySeconds } : {}) }
}

const LISTS = ['roleIds', 'groupIds', 'groupingIds', 'exceptUserIds'] as const
const isListName = (name: string): name is (typeof LISTS)[number] =>
  (LISTS as readonly string[]).includes(name)

/** Whatever narrows it must be understood: half an audience is more people than were meant. */
function audienceOf(value: unknown, courseId: number): CourseAudience | undefined {
  if (!isValues(value) || value.kind !== 'course' || value.courseId !== courseId) return undefined
  const condition = conditionOf(value.condition)
  if (condition === null) return undefined
  const audience: CourseAudience = { kind: 'course', courseId, ...(condition ? { condition } : {}) }
  const { kind: _k, courseId: _c, condition: _o, ...lists } = value
  for (const [name, ids] of Object.entries(lists)) {
    if (!isListName(name) || !areIds(ids)) return undefined
    audience[name] = ids
  }
  return audience
}

function aboutOf(value: unknown, site: SiteAddresses): Pick<SharedWords, 'about'> {
  if (!isValues(value) || !isText(value.url, 500) || !isText(value.name, 300)) return {}
  const url = underPresentRoot(value.url, site)
  return url === undefined ? {} : { about: { url, name: cleanSubject(value.name) } }
}

function futureOf(value: unknown): Pick<SharedWords, 'future'> {
  if (!isValues(value)) return {}
  return { future: isCount(value.timeCutOff) ? { timeCutOff: value.timeCutOff } : {} }
}

/** What somebody's note claims a rule to be; undefined where any of it is not what such a thing is. */
export function readWords(value: unknown, courseId: number, site: SiteAddresses): SharedWords | undefined {
  if (!isValues(value)) return undefined
  const audience = audienceOf(value.audience, courseId)
  const { subject, text, repliesExpected, timeNotBefore } = value
  if (!audience || !isText(subject, 500) || !isText(text, 20_000)) return undefined
  return {
    courseId,
    audience,
    subject: cleanSubject(subject),
    text,
    repliesExpected: repliesExpected !== false,
    ...aboutOf(value.about, site),
    ...(isCount(timeNotBefore) ? { timeNotBefore } : {}),
    ...futureOf(value.future),
  }
}
