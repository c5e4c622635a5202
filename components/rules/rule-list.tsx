import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import { numberText, t } from '../../lib/extension/text.ts'
import { Facts } from '../common/facts.tsx'
import { StatusNote } from '../common/status-note.tsx'
import { clockText } from '../common/times.ts'
import { titleWords } from '../common/title-words.ts'
import type { RuleListModel } from '../models/rule-list.ts'
import { useNowMs } from './use-now.ts'
import { whoWords } from './who-words.ts'
import { countWords, stateWords } from './words.ts'

export function LastRun({ rule }: { rule: RuleView }) {
  if (rule.state !== 'active' && rule.timeLastRun === undefined) return null
  const ran = rule.timeLastRun === undefined ? [] : [t('lastRan', clockText(rule.timeLastRun))]
  return <>{[...(rule.state === 'active' ? [t('onlyWhileOpen')] : []), ...ran].join(' ')}</>
}

export function RuleSummary({ rule, nowMs }: { rule: RuleView; nowMs: number }) {
  const { answered, people } = rule.progress
  return (
    <>
      <span class="rule-title private">
        <bdi>{titleWords(rule)}</bdi>
      </span>
      <span class="rule-facts">
        <Facts facts={[...(rule.course ? [rule.course.name] : []), whoWords(rule)]} />
      </span>
      <span class="rule-state" data-state={rule.state} data-hold={rule.progress.hold?.kind}>
        {stateWords(rule, nowMs)}
      </span>
      {people > 0 && rule.state !== 'draft' && (
        <span class="rule-facts">
          <Facts facts={[...countWords(rule), t('answeredCount', numberText(answered))]} />
        </span>
      )}
    </>
  )
}

interface Props {
  model: RuleListModel
  onOpen: (rule: RuleView) => void
}

/** Newest first. */
export function RuleList({ model, onOpen }: Props) {
  const rules = model.rules.value
  const nowMs = useNowMs(rules?.some(({ progress }) => progress.hold?.kind === 'undo') ?? false)
  if (!rules) return <StatusNote class="hint">{t('reading')}</StatusNote>
  if (rules.length === 0) return <p class="hint">{t('noRules')}</p>
  return (
    <>
      <ul class="rules" aria-label={t('rules')}>
        {rules.map((rule) => (
          <li key={rule.id}>
            <button type="button" class="rule" onClick={() => onOpen(rule)}>
              <RuleSummary rule={rule} nowMs={nowMs} />
            </button>
          </li>
        ))}
      </ul>
      <More model={model} />
      {rules.some(({ state }) => state === 'active') && <p class="hint">{t('onlyWhileOpen')}</p>}
    </>
  )
}

export function More({ model }: { model: RuleListModel }) {
  if (model.next.value === undefined) return null
  return (
    <button type="button" class="button" onClick={() => void model.more()}>
      {t('showMore')}
    </button>
  )
}
