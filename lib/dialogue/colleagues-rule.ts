import type { RuleId } from './open-rule.ts'
import type { Participant } from './participant.ts'
import type { OwnersNote } from './rule-note.ts'

/** A rule of a colleague's, as their notes tell it. */
export interface ColleaguesRule extends Pick<OwnersNote, 'words' | 'tenure' | 'timeLease'> {
  ruleId: RuleId
  owner: Participant
  /** How many people. */
  reached: number
  /** About to be reached when its owner last said so. */
  claimed: number
  mayTakeOver: boolean
  asked?: 'pause' | 'end'
}
