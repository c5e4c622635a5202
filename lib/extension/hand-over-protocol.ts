import type { ColleaguesRule } from '../dialogue/colleagues-rule.ts'
import type { AccountId } from '../dialogue/dialogue.ts'
import type { RuleId } from '../dialogue/open-rule.ts'
import type { RuleView } from '../dialogue/rule-views.ts'
import type { Trouble } from '../dialogue/trouble.ts'

export interface ColleaguesRuleRef {
  accountId: AccountId
  courseId: number
  ruleId: RuleId
}

/** What screens ask about rules that teachers of a course share. On our own pages only. */
export interface HandOverProtocol {
  /** With the course's other teachers, as notes of the course. */
  shareRule(ask: { accountId: AccountId; ruleId: RuleId }): RuleView | Trouble
  /** Lets go of it: whoever teaches there may take it over. */
  releaseRule(ask: { accountId: AccountId; ruleId: RuleId }): RuleView | Trouble
  colleaguesRules(ask: { accountId: AccountId; courseId: number }): ColleaguesRule[] | Trouble
  /** Asks a colleague's rule to pause or to end. Undefined: it is asked. */
  askColleague(ask: ColleaguesRuleRef & { does: 'pause' | 'end' }): Trouble | undefined
  /** A free one becomes a draft of one's own; it is taken over with its start, after its preview. */
  adoptRule(ask: ColleaguesRuleRef): RuleView | Trouble
}
