import type { Chosen } from '../dialogue/chosen.ts'
import type { AccountId } from '../dialogue/dialogue.ts'
import type {
  ChoiceView,
  FoundPeople,
  FurtherPeople,
  Members,
  PeopleQuery,
  ReachAnswer,
} from '../dialogue/people-views.ts'
import type { Habit } from '../dialogue/permission.ts'
import type { WholeKind } from '../dialogue/roster.ts'

export interface MembersAsk {
  accountId: AccountId
  courseId: number
  kind: WholeKind
  id: number
  from: number
  limit: number
}

/** What screens ask about the people whom one may write to. */
export interface PeopleProtocol {
  /** Whom a new dialogue may be written to, by name: from what is held here, at once. */
  people(query: PeopleQuery): FoundPeople
  /** After a pause in typing: what the site knows of those shown, and others of the site. One request at most. */
  furtherPeople(ask: PeopleQuery & { userIds: number[] }): FurtherPeople
  /** Whom a choice stands for; `asksSite`: the site says first who cannot be reached. */
  choice(ask: { accountId: AccountId; chosen: Chosen[]; asksSite: boolean }): ChoiceView
  /** Some of a whole group or role, to be unticked. */
  members(ask: MembersAsk): Members
  /** Who cannot be reached, and why. */
  reach(ask: { accountId: AccountId; userIds: number[] }): ReachAnswer
  /** Who writes to whom, of the whole site where there is no course. Absent: nothing is set there. */
  habit(ask: { accountId: AccountId; courseId?: number }): Habit | undefined
  saveHabit(ask: { accountId: AccountId; courseId?: number; habit?: Habit }): void
}
