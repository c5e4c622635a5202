import type { Draft } from '../../lib/dialogue/draft.ts'
import type { RulePersonView, RuleView } from '../../lib/dialogue/rule-views.ts'
import type { Protocol } from '../../lib/extension/protocol.ts'

type Names =
  | 'rules'
  | 'rule'
  | 'saveRule'
  | 'discardRule'
  | 'previewRule'
  | 'startRule'
  | 'takeBackRule'
  | 'pauseRule'
  | 'resumeRule'
  | 'cancelRule'
  | 'retryRule'
  | 'settleRule'
  | 'rulePeople'
  | 'sendToSeveral'
  | 'takeBackSeveral'
  | 'sendNow'
  | 'setQuietHours'

export interface FakeRules {
  rules: RuleView[]
  rulePeople: Map<string, RulePersonView[]>
  /** What a message to several was made of. */
  taken: Draft | undefined
}

/** A worker's answers about rules, where there are these. */
export function rulesAnswers(world: () => FakeRules): Pick<Protocol, Names> {
  const rule = ({ ruleId }: { ruleId: string }) => world().rules.find(({ id }) => id === ruleId)
  return {
    rules: ({ limit }) => ({ rules: world().rules.slice(0, limit) }),
    rule,
    saveRule: ({ id }) => rule({ ruleId: id ?? '' }) ?? { kind: 'unknown', mender: 'nobody' },
    discardRule: () => {},
    previewRule: () => ({ kind: 'unknown', mender: 'nobody' }),
    startRule: (ask) => rule(ask) ?? { kind: 'unknown', mender: 'nobody' },
    takeBackRule: rule,
    pauseRule: rule,
    resumeRule: rule,
    cancelRule: rule,
    retryRule: rule,
    settleRule: () => {},
    rulePeople: ({ ruleId, standing, answered, limit }) => {
      const fits = (world().rulePeople.get(ruleId) ?? [])
        .filter((one) => standing === undefined || one.standing === standing)
        .filter((one) => answered === undefined || (one.timeAnswered !== undefined) === answered)
      return { people: fits.slice(0, limit) }
    },
    sendToSeveral: ({ draft }) => ({ sent: true, ruleId: draft.messageKey, notBeforeMs: 0 }),
    takeBackSeveral: () => world().taken,
    sendNow: () => {},
    setQuietHours: () => {},
  }
}
