import type { CourseChoices } from '../dialogue/course-choices.ts'
import type { AccountId } from '../dialogue/dialogue.ts'
import type { Draft } from '../dialogue/draft.ts'
import type { RuleDraft, RuleId } from '../dialogue/open-rule.ts'
import type { NewTemplate, OwnTemplate } from '../dialogue/own-template.ts'
import type {
  RuleList,
  RulePeople,
  RulePeopleQuery,
  RulePreview,
  RulesQuery,
  RuleView,
  Several,
} from '../dialogue/rule-views.ts'
import type { Trouble } from '../dialogue/trouble.ts'

export interface RuleRef {
  accountId: AccountId
  ruleId: RuleId
}

/** What screens ask about rules, messages to several people, and texts to begin with. */
export interface RuleProtocol {
  /** What a rule may choose of a course; read from the site where what is held is old. */
  courseChoices(ask: { accountId: AccountId; courseId: number }): CourseChoices | Trouble
  /** Open rules and messages to several people; in a page, those of its account. */
  rules(query: RulesQuery): RuleList
  rule(ask: RuleRef): RuleView | undefined
  /** A new one, or an edit, which applies to people not yet reached. */
  saveRule(draft: RuleDraft): RuleView | Trouble
  /** Only a draft; every other one is the record of what was sent. */
  discardRule(ask: RuleRef): void
  /** Reads the course, asks who can be reached, and fills the rule's list of people. Sends nothing. */
  previewRule(ask: RuleRef): RulePreview | Trouble
  startRule(ask: RuleRef): RuleView | Trouble
  /** While the undo window is open: a draft again. */
  takeBackRule(ask: RuleRef): RuleView | undefined
  pauseRule(ask: RuleRef): RuleView | undefined
  resumeRule(ask: RuleRef): RuleView | undefined
  cancelRule(ask: RuleRef): RuleView | undefined
  /** Once more for those who were refused, or for these of them. */
  retryRule(ask: RuleRef & { userIds?: number[] }): RuleView | undefined
  /** The person's answer where nobody can prove whether these people were reached. */
  settleRule(ask: RuleRef & { userIds: number[]; arrived: boolean }): void
  rulePeople(query: RulePeopleQuery): RulePeople
  /**
   * The draft becomes a one-off rule that is started at once: a private copy for each. Twice the same messageKey is
   * once. Taken back with `takeBackSeveral`, it is a draft again.
   */
  sendToSeveral(ask: { draft: Draft; who: string; courseId?: number }): Several
  takeBackSeveral(ask: RuleRef): Draft | undefined

  templates(ask: Record<never, never>): OwnTemplate[]
  /** New where its id is not known. On our own pages only, as the next ones. */
  saveTemplate(template: OwnTemplate): OwnTemplate[]
  removeTemplate(ask: { id: string }): OwnTemplate[]
  addTemplates(ask: { templates: NewTemplate[] }): OwnTemplate[]
  /** The starter set as it was at first. */
  restoreTemplates(ask: Record<never, never>): OwnTemplate[]
}
