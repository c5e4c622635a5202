import type { DialogueRef } from './dialogue.ts'
import type { OpenRule, RuleId } from './open-rule.ts'
import type { Participant } from './participant.ts'
import type { PersonReason, RulePerson, Standing } from './rule-person.ts'
import type { Trouble } from './trouble.ts'
import type { Course } from './views.ts'

/** What holds a rule that is active. */
export type RuleHold =
  | { kind: 'undo' | 'schedule' | 'quiet-hours'; untilMs: number }
  | { kind: 'daily-cap'; cap: number; untilMs: number }
  | { kind: 'trouble'; trouble: Trouble }

export interface RuleProgress {
  /** Everybody who is or was meant. */
  people: number
  counts: Record<Standing, number>
  /** Of those who were reached. */
  answered: number
  /** While it sends. */
  secondsLeft?: number
  hold?: RuleHold
}

/** A rule as screens see it. */
export interface RuleView extends Omit<OpenRule, 'secret' | 'draft'> {
  course?: Course
  /** Its subject with what is the same for everybody filled in; fields that are each person's own stand in it. */
  title: string
  progress: RuleProgress
}

export interface RulesQuery {
  accountId: string
  courseId?: number
  oneOff?: boolean
  limit: number
  /** From `RuleList.next`. */
  cursor?: string
}

/** Newest first. */
export interface RuleList {
  rules: RuleView[]
  next?: string
}

export interface RulePersonView
  extends Pick<RulePerson, 'userId' | 'standing' | 'reason' | 'trouble' | 'messageId'>,
    Pick<RulePerson, 'timeReached' | 'timeAnswered'> {
  person: Participant
  /** Their dialogue, once there is one. */
  ref?: DialogueRef
  /** When they were last in the rule's course, where it was asked for and the site shows it; 0: never. */
  timeLastInCourse?: number
  /** In the site's words, where it gives no time. */
  lastInCourse?: string
}

export interface RulePeopleQuery {
  accountId: string
  ruleId: RuleId
  standing?: Standing
  answered?: boolean
  /** When each was last in the course, too. */
  withCourse?: boolean
  limit: number
  cursor?: string
}

export interface RulePeople {
  people: RulePersonView[]
  next?: string
}

/** Before anything is sent. The exact list is read with `rulePeople`. */
export interface RulePreview {
  /** Who would get it now. */
  willGetIt: number
  /** Who has it already, from here or from a colleague, and does not get it again. */
  haveIt: number
  /** Of whom nobody knows, and who are asked about. */
  unknownIfReached: number
  /** What three of them would read, signed, without its link. */
  samples: { person: Participant; subject: string; html: string; bytes: number }[]
  cannotBeReached: { reason: PersonReason; serverSays?: string; people: Participant[]; count: number }[]
  /** Not enrolled in the course of the dialogue. */
  wrongCourse: Participant[]
  /** Outside the writer's own groups, where groups are separate. */
  otherGroups: number
  /** What cannot be known over this way to the site, or not yet. */
  unknown: ('roles' | 'groups' | 'groupings' | 'submissions' | 'grader' | 'grading-filter')[]
  longestBytes: number
  limit: number
  /** Fields nobody knows, and known ones that are empty for somebody and have no fallback. */
  fields: { name: string; unknown: boolean; emptyFor: number }[]
  /** Of today's allowance. */
  leftToday: number
}

export type Several = { sent: true; ruleId: RuleId; notBeforeMs: number } | { sent: false; trouble: Trouble }
