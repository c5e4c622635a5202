import type { ColleaguesRule } from '../../lib/dialogue/colleagues-rule.ts'
import type { CourseChoices } from '../../lib/dialogue/course-choices.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import { type RuleDraft, type RuleEvent, stepRule } from '../../lib/dialogue/open-rule.ts'
import type { RulePersonView, RulePreview, RuleView } from '../../lib/dialogue/rule-views.ts'
import type { HandOverProtocol } from '../../lib/extension/hand-over-protocol.ts'
import type { Change, Protocol } from '../../lib/extension/protocol.ts'
import type { RuleProtocol } from '../../lib/extension/rule-protocol.ts'
import { rule as exampleRule } from '../example-rules.ts'
import { type FakeTemplates, templatesAnswers } from './fake-templates.ts'

const GONE = { kind: 'unknown', mender: 'nobody' } as const

export interface FakeRules extends FakeTemplates {
  rules: RuleView[]
  rulePeople: Map<string, RulePersonView[]>
  courseChoices: CourseChoices | undefined
  preview: RulePreview | undefined
  colleagues?: ColleaguesRule[] | undefined
  /** What a message to several was made of. */
  taken: Draft | undefined
  tell(change: Change): void
}

type Answers = RuleProtocol & HandOverProtocol & Pick<Protocol, 'sendNow' | 'setQuietHours' | 'setSignature'>

/** A worker's answers about rules, which move along their real arrows. */
export function rulesAnswers(world: FakeRules): Answers {
  const find = (id: string | undefined) => world.rules.find((rule) => rule.id === id)
  const rule = ({ ruleId }: { ruleId: string }) => find(ruleId)

  function put(next: RuleView): RuleView {
    world.rules = find(next.id)
      ? world.rules.map((one) => (one.id === next.id ? next : one))
      : [next, ...world.rules]
    world.tell({ topics: ['rules'] })
    return next
  }

  function move(ruleId: string, event: RuleEvent): RuleView | undefined {
    const before = find(ruleId)
    const after = before && stepRule({ ...before, secret: '' }, event)
    if (!before || !after) return before
    const { secret: _, draft: _d, trouble: _t, ...shown } = after
    return put({ ...shown, title: before.title, progress: before.progress })
  }

  function save({ id, ...words }: RuleDraft): RuleView {
    const before = find(id) ?? exampleRule({ id: `made${world.rules.length}`, state: 'draft' })
    const { courseId: _c, about: _a, timeNotBefore: _t, future: _f, toShare: _s, ...rest } = before
    return put({ ...rest, ...words, title: words.subject })
  }

  return {
    rules: ({ limit, oneOff, courseId, cursor = '0' }) => {
      const fits = world.rules
        .filter((one) => oneOff === undefined || (one.oneOff ?? false) === oneOff)
        .filter((one) => courseId === undefined || one.courseId === courseId)
      const end = Number(cursor) + limit
      const next = end < fits.length ? { next: String(end) } : {}
      return { rules: fits.slice(Number(cursor), end), ...next }
    },
    rule,
    courseChoices: () => world.courseChoices ?? GONE,
    saveRule: save,
    discardRule: ({ ruleId }) => {
      world.rules = world.rules.filter(({ id }) => id !== ruleId)
    },
    previewRule: () => world.preview ?? GONE,
    startRule: ({ ruleId }) => move(ruleId, { kind: 'start', nowMs: 0, notBeforeMs: 0 }) ?? GONE,
    takeBackRule: ({ ruleId }) => move(ruleId, { kind: 'take-back' }),
    pauseRule: ({ ruleId }) => move(ruleId, { kind: 'pause' }),
    resumeRule: ({ ruleId }) => move(ruleId, { kind: 'resume' }),
    cancelRule: ({ ruleId }) => move(ruleId, { kind: 'cancel' }),
    retryRule: ({ ruleId }) => move(ruleId, { kind: 'try-again' }),
    settleRule: () => {},
    rulePeople: ({ ruleId, standing, answered, limit, cursor = '0' }) => {
      const fits = (world.rulePeople.get(ruleId) ?? [])
        .filter((one) => standing === undefined || one.standing === standing)
        .filter((one) => answered === undefined || (one.timeAnswered !== undefined) === answered)
      const end = Number(cursor) + limit
      const next = end < fits.length ? { next: String(end) } : {}
      return { people: fits.slice(Number(cursor), end), ...next }
    },
    sendToSeveral: ({ draft }) => ({ sent: true, ruleId: draft.messageKey, notBeforeMs: 0 }),
    takeBackSeveral: ({ ruleId }) => {
      world.rules = world.rules.filter(({ id }) => id !== ruleId)
      return world.taken
    },
    shareRule: ({ ruleId }) => {
      const before = find(ruleId)
      const shared = { term: 1, tenure: 'held', sentence: '', heeded: 0, reached: '', claimed: '' } as const
      return before ? put({ ...before, shared }) : GONE
    },
    releaseRule: ({ ruleId }) => {
      const before = find(ruleId)
      return before?.shared ? put({ ...before, shared: { ...before.shared, tenure: 'released' } }) : GONE
    },
    colleaguesRules: () => world.colleagues ?? [],
    askColleague: ({ ruleId, does }) => {
      world.colleagues = world.colleagues?.map((one) =>
        one.ruleId === ruleId ? { ...one, asked: does } : one,
      )
      return undefined
    },
    adoptRule: () => GONE,
    sendNow: () => {},
    setQuietHours: () => {},
    setSignature: () => {},
    ...templatesAnswers(world),
  }
}
