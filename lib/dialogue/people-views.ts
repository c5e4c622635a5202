import type { AccountId } from './dialogue.ts'
import type { Participant } from './participant.ts'
import type { WhyNot } from './permission.ts'
import type { RosterRole, WholeKind } from './roster.ts'
import type { Trouble } from './trouble.ts'

/** Plain data that the recipient picker draws. */

export interface PeopleQuery {
  accountId: AccountId
  courseId?: number
  cmid?: number
  typed: string
}

export interface PickerPerson extends Participant {
  roles: RosterRole[]
  groups: string[]
  isSuspended: boolean
  timeLastInCourse?: number
  lastInCourse?: string
  /** As far as the site was asked. */
  whyNot?: WhyNot
}

/** A group or a role that may be chosen as one. */
export interface Whole {
  kind: WholeKind
  courseId: number
  id: number
  /** Empty where the site names one of Moodle's own roles in no language. */
  name: string
  count: number
}

export interface FoundPeople {
  /** `none`: there is no course. */
  state: 'known' | 'reading' | 'unreadable' | 'none'
  /** Why it cannot be read. */
  trouble?: Trouble
  people: PickerPerson[]
  /** Of the course, besides these. */
  more: number
  wholes: Whole[]
  rolesKnown: boolean
  groupsKnown: boolean
  /** The course's habit leaves some out. */
  isLimited: boolean
  isTeacher: boolean
  /** To how many at once; absent: to any number. */
  most?: number
}

export interface FurtherPeople {
  /** Of those that were asked about, who cannot be written to. */
  cannot: CannotReach[]
  /** Not in the course. */
  people: PickerPerson[]
}

export interface CannotReach {
  userId: number
  why: WhyNot
}

export interface ReachAnswer {
  /** As the site names them now. */
  people: Participant[]
  cannot: CannotReach[]
  /** These could not be asked about; they are when their turn comes. */
  unasked: number
}

/**
 * Whom a choice stands for. A group of thousands is known to the worker by name; a screen is told how many they are,
 * and a screenful at a time who.
 */
export interface ChoiceView {
  /** Everybody once, as `id-list.ts` writes them. */
  who: string
  count: number
  /** By `chosenKey`, how many each group and role stands for; absent while its course is being read. */
  counts: Record<string, number>
  /** As far as the site was asked. */
  cannot: CannotReach[]
  /** The first of them by name. */
  unreachable: Participant[]
  /** These could not be asked about; they are when their turn comes. */
  unasked: number
}

/** Some of a whole. */
export interface Members {
  people: PickerPerson[]
  count: number
}

export const NOBODY_CHOSEN: ChoiceView = {
  who: '',
  count: 0,
  counts: {},
  cannot: [],
  unreachable: [],
  unasked: 0,
}

export const NOBODY_FOUND: FoundPeople = {
  state: 'none',
  people: [],
  more: 0,
  wholes: [],
  rolesKnown: false,
  groupsKnown: false,
  isLimited: false,
  isTeacher: false,
}
