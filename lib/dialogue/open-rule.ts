import type { AccountId } from './dialogue.ts'
import type { About, Draft } from './draft.ts'
import type { Trouble } from './trouble.ts'

/*
 * draft ────────► active      started: stored first, with the time before which nothing leaves
 * draft ────────► (gone)      thrown away by the person
 * active ───────► draft       taken back before anything left
 * active ───────► paused      by the person, by a colleague's note, or because nobody knows any more whom it has reached
 * active ───────► finished    nobody is left, and nobody else may come
 * active ───────► cancelled   by the person; what arrived stays
 * active ───────► active      the person wants it sent at once: whatever time it was put off to, in quiet hours too
 * active ───────► active      everybody whose turn it was has been written to: quiet hours hold again
 * paused ───────► active      goes on, or is started after its preview: who joined meanwhile gets it once
 * paused ───────► cancelled   as above
 * finished ─────► active      the failed are tried again
 * finished ─────► paused      edited: nothing leaves before its preview
 */
export type RuleState = 'draft' | 'active' | 'paused' | 'finished' | 'cancelled'

/** Twelve characters of `0-9a-z`; a one-off rule's is its draft's message key. */
export type RuleId = string

/** Who of a course is meant, computed anew at each run. */
export type Condition =
  | { kind: 'not-submitted'; cmid: number; dueWithinSeconds?: number; overdueBySeconds?: number }
  | { kind: 'submitted-not-graded'; cmid: number }
  | { kind: 'not-in-course-since'; time: number }
  | { kind: 'in-no-group' }
  | { kind: 'not-answered'; ruleId: RuleId }

export interface PeopleAudience {
  kind: 'people'
  userIds: number[]
}

export interface CourseAudience {
  kind: 'course'
  courseId: number
  /** Any of these; none given: all roles. */
  roleIds?: number[]
  /** In any of these, or in a group of any of these groupings. */
  groupIds?: number[]
  groupingIds?: number[]
  condition?: Condition
  /** Unticked by hand. */
  exceptUserIds?: number[]
}

export type Audience = PeopleAudience | CourseAudience

/** A rule's part in what teachers of its course hand over, see `tenure.ts`. */
export interface Shared {
  term: number
  /** `adopted`: to be taken over with its first slice, if it is still free then. */
  tenure: 'held' | 'released' | 'ended' | 'adopted'
  /** The sentence that people read in its notes. */
  sentence: string
  /** The newest note in which a colleague asked something, and it was heeded. */
  heeded: number
  /** Whom others have reached, or may have, as lists of ids: they do not get it again. */
  reached: string
  claimed: string
}

export interface OpenRule {
  accountId: AccountId
  id: RuleId
  /** Keys and dialogues are derived from it; it never leaves the worker. */
  secret: string
  /** The course that its dialogues belong to. */
  courseId?: number
  audience: Audience
  subject: string
  /** As typed, with fields: `{firstname}`, `{group|your group}`. */
  text: string
  about?: About
  repliesExpected: boolean
  /** Not before this server time. */
  timeNotBefore?: number
  /** People who join later get it too, until the cut-off. */
  future?: { timeCutOff?: number }
  /** A message to several people: its audience never grows. */
  oneOff?: boolean
  /** What stands under the words of those who get it: as its composer showed it, or the course's when it was started. */
  signature?: string
  /** What it was made of, to be had back within the undo window. */
  draft?: Draft
  state: RuleState
  timeCreated: number
  timeChanged: number
  /** When it was started, and what nothing leaves before: milliseconds of this computer's clock. */
  startedMs?: number
  notBeforeMs?: number
  /** The person said so, of those whose turn it is now. */
  evenInQuietHours?: boolean
  /** Since when something may have left. */
  timeFirstRun?: number
  timeLastRun?: number
  /** When its assignment is due, as read with its people, where its words say so; 0: not known. */
  timeDue?: number
  /** When its people were last read from the course. */
  timeRoster?: number
  /**
   * `incomplete`: made or run elsewhere, or its ledger was lost; whom the site does not show as reached is asked about.
   * `shared`: that was done, and another computer may run it still.
   */
  ledger?: 'incomplete' | 'shared'
  /** To be shared with the course's other teachers before it first sends: what its note says to people. */
  toShare?: string
  /** Where it is shared with the course's other teachers. */
  shared?: Shared
  /** Why it cannot go on by itself. */
  trouble?: Trouble
}

/** What a person writes; everything else is the worker's. */
export type RuleDraft = Pick<
  OpenRule,
  | 'accountId'
  | 'courseId'
  | 'audience'
  | 'subject'
  | 'text'
  | 'about'
  | 'repliesExpected'
  | 'timeNotBefore'
  | 'future'
  | 'toShare'
> & { id?: RuleId }

export type RuleEvent =
  | { kind: 'start'; nowMs: number; notBeforeMs: number; signature?: string }
  | { kind: 'take-back' }
  | { kind: 'pause'; trouble?: Trouble }
  | { kind: 'resume' }
  | { kind: 'cancel' }
  | { kind: 'send-now' }
  | { kind: 'caught-up' }
  | { kind: 'all-done' }
  | { kind: 'try-again' }
  | { kind: 'edit' }

/** The rule after the event; undefined where there is no such arrow. */
export function stepRule(rule: OpenRule, event: RuleEvent): OpenRule | undefined {
  const { state, timeFirstRun } = rule
  switch (event.kind) {
    case 'start':
      if (state !== 'draft' && state !== 'paused') return undefined
      return started(rule, event)
    case 'take-back':
      return state === 'active' && timeFirstRun === undefined ? moved(rule, 'draft') : undefined
    case 'pause':
      if (state !== 'active') return undefined
      return { ...moved(rule, 'paused'), ...(event.trouble ? { trouble: event.trouble } : {}) }
    case 'resume':
      return state === 'paused' ? moved(rule, 'active') : undefined
    case 'cancel':
      return state === 'active' || state === 'paused' ? moved(rule, 'cancelled') : undefined
    case 'send-now':
      return state === 'active' ? atOnce(rule) : undefined
    case 'caught-up':
      return state === 'active' && rule.evenInQuietHours ? moved(rule, 'active') : undefined
    case 'all-done':
      return state === 'active' ? moved(rule, 'finished') : undefined
    case 'try-again':
      return state === 'finished' ? moved(rule, 'active') : undefined
    case 'edit':
      return state === 'finished' ? moved(rule, 'paused') : undefined
  }
}

function started(rule: OpenRule, event: RuleEvent & { kind: 'start' }): OpenRule {
  const { nowMs: startedMs, notBeforeMs, signature = rule.signature } = event
  return {
    ...moved(rule, 'active'),
    startedMs,
    notBeforeMs,
    ...(signature === undefined ? {} : { signature }),
  }
}

function moved(rule: OpenRule, state: RuleState): OpenRule {
  const { trouble: _, evenInQuietHours: _said, ...rest } = rule
  return { ...rest, state }
}

function atOnce({ timeNotBefore: _, ...rule }: OpenRule): OpenRule {
  return { ...rule, evenInQuietHours: true }
}

/** Whether people who are not among its people yet may still come in. Of one with a time, those count who are there then. */
export function takesIn(rule: OpenRule, now: number): boolean {
  if (rule.timeRoster === undefined || rule.timeRoster < (rule.timeNotBefore ?? 0)) return true
  if (!rule.future) return false
  return rule.future.timeCutOff === undefined || now < rule.future.timeCutOff
}

/** Whether its time has come. A clock that was put back since it was started must not hold it for days. */
export function isDue(rule: OpenRule, nowMs: number, now: number): boolean {
  if (rule.state !== 'active' || now < (rule.timeNotBefore ?? 0)) return false
  return nowMs >= (rule.notBeforeMs ?? 0) || nowMs < (rule.startedMs ?? 0)
}

const HOUR = 3600

/** Whether its people must be read anew before anything more is sent: they may have left. */
export function rosterIsDue({ timeRoster, timeNotBefore = 0 }: OpenRule, now: number): boolean {
  return timeRoster === undefined || timeRoster < timeNotBefore || now - timeRoster >= HOUR
}

/** The same, where the course says who they are. */
export function waitsForCourse(rule: OpenRule, now: number): boolean {
  return rule.audience.kind === 'course' && rosterIsDue(rule, now)
}
