import type { AccountId } from '../dialogue/dialogue.ts'
import type {
  FoundPeople,
  FurtherPeople,
  PeopleQuery,
  PickerPerson,
  ReachAnswer,
} from '../dialogue/people-views.ts'
import type { Habit } from '../dialogue/permission.ts'
import type { WholeKind } from '../dialogue/roster.ts'

/** What screens ask about the people whom one may write to. */
export interface PeopleProtocol {
  /** Whom a new dialogue may be written to, by name: from what is held here, at once. */
  people(query: PeopleQuery): FoundPeople
  /** After a pause in typing: what the site knows of those shown, and others of the site. One request at most. */
  furtherPeople(ask: PeopleQuery & { userIds: number[] }): FurtherPeople
  /** Everybody of a whole group or role, to be unticked. */
  members(ask: { accountId: AccountId; courseId: number; kind: WholeKind; id: number }): PickerPerson[]
  /** Before sending: who cannot be reached, and why. */
  reach(ask: { accountId: AccountId; userIds: number[] }): ReachAnswer
  /** Who writes to whom, of the whole site where there is no course. Absent: nothing is set there. */
  habit(ask: { accountId: AccountId; courseId?: number }): Habit | undefined
  saveHabit(ask: { accountId: AccountId; courseId?: number; habit?: Habit }): void
}
