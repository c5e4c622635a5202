import { useEffect, useRef } from 'preact/hooks'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { numberText, t } from '../../lib/extension/text.ts'
import { TroubleBar } from '../common/bar.tsx'
import { Facts } from '../common/facts.tsx'
import { StatusNote } from '../common/status-note.tsx'
import { wholeText } from '../common/times.ts'
import { titleWords } from '../common/title-words.ts'
import type { RulePageModel } from '../models/rule-page.ts'
import { BackButton } from './back-button.tsx'
import { PeopleTable } from './people-table.tsx'
import { RuleDeeds } from './rule-deeds.tsx'
import { LastRun } from './rule-list.tsx'
import { Said } from './said.tsx'
import { TableDeeds } from './table-deeds.tsx'
import { useNowMs } from './use-now.ts'
import { whoWords } from './who-words.ts'
import { countWords, leftOf, stateWords } from './words.ts'

export interface RuleDoes {
  onBack: () => void
  onEdit: (rule: RuleView) => void
  onCopy: (rule: RuleView) => void
  onFollowUp: (rule: RuleView) => void
}

interface Props extends RuleDoes {
  page: RulePageModel
  account: AccountView | undefined
}

function Progress({ rule }: { rule: RuleView }) {
  const { people } = rule.progress
  if (rule.state !== 'active' || leftOf(rule) === 0) return null
  return (
    <progress
      class="rule-progress"
      max={people}
      value={people - leftOf(rule)}
      aria-label={t('sendingOf', numberText(people - leftOf(rule)), numberText(people))}
    />
  )
}

function State({ page, rule, account }: { rule: RuleView } & Pick<Props, 'page' | 'account'>) {
  const { hold } = rule.progress
  const nowMs = useNowMs(hold?.kind === 'undo')
  const trouble = page.trouble.value ?? (hold?.kind === 'trouble' ? hold.trouble : undefined)
  return (
    <>
      <p class="rule-state" data-state={rule.state} data-hold={hold?.kind} role="status">
        {stateWords(rule, nowMs)}
      </p>
      <Progress rule={rule} />
      <TroubleBar trouble={trouble} siteUrl={account?.wwwroot} onTryAgain={() => void page.refresh()} />
      <p class="rule-facts">
        <Facts facts={[...countWords(rule), t('answeredCount', numberText(rule.progress.answered))]} />
      </p>
      <p class="rule-facts">
        <LastRun rule={rule} />
      </p>
    </>
  )
}

/** One rule while it runs and after. */
export function RulePage({ page, account, ...does }: Props) {
  const rule = page.rule.value
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => page.watch(), [page])
  useEffect(() => title.current?.focus({ preventScroll: true }), [rule === undefined])
  if (page.isGone.value) {
    return (
      <section class="section">
        <BackButton onBack={does.onBack} />
        <StatusNote class="prose">{t('ruleGone')}</StatusNote>
      </section>
    )
  }
  if (!rule) return <StatusNote class="hint">{t('reading')}</StatusNote>
  return (
    <section class="section rule-page">
      <BackButton onBack={does.onBack} />
      <h2 class="private" tabIndex={-1} ref={title}>
        <bdi>{titleWords(rule)}</bdi>
      </h2>
      <p class="rule-facts">
        <Facts
          facts={[
            ...(rule.course ? [rule.course.name] : []),
            whoWords(rule),
            t('madeOn', wholeText(rule.timeCreated)),
          ]}
        />
      </p>
      <State page={page} rule={rule} account={account} />
      {rule.shared && (
        <p class="rule-facts" data-tenure={rule.shared.tenure}>
          {t(rule.shared.tenure === 'released' ? 'ruleReleased' : 'ruleIsShared')}
        </p>
      )}
      <RuleDeeds page={page} rule={rule} hasToken={account?.hasToken ?? false} {...does} />
      <Said words={rule} />
      {rule.state !== 'draft' && (
        <>
          <h3>{t('personByPerson')}</h3>
          <TableDeeds page={page} rule={rule} onFollowUp={does.onFollowUp} />
          <PeopleTable page={page} rule={rule} />
        </>
      )}
    </section>
  )
}
