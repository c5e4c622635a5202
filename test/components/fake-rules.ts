import type { RuleView } from '../../lib/dialogue/rule-views.ts'
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

/** A worker's answers about rules, where there are these. */
export function rulesAnswers(rules: RuleView[] = []): Pick<Protocol, Names> {
  const rule = ({ ruleId }: { ruleId: string }) => rules.find(({ id }) => id === ruleId)
  return {
    rules: ({ limit }) => ({ rules: rules.slice(0, limit) }),
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
    rulePeople: () => ({ people: [] }),
    sendToSeveral: ({ draft }) => ({ sent: true, ruleId: draft.messageKey, notBeforeMs: 0 }),
    takeBackSeveral: () => undefined,
    sendNow: () => {},
    setQuietHours: () => {},
  }
}
