import type { ColleaguesRule } from '../../lib/dialogue/colleagues-rule.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { TroubleBar } from '../common/bar.tsx'
import { ConfirmButton } from '../common/confirm-button.tsx'
import { wholeText } from '../common/times.ts'
import type { ColleaguesModel } from '../models/colleagues.ts'
import { Facts } from './rule-list.tsx'

function tenureWords({ tenure, timeLease, mayTakeOver, asked }: ColleaguesRule): string {
  if (tenure === 'ended') return t('sharedEnded')
  if (asked === 'end') return t('askedToEnd')
  if (mayTakeOver) return t('sharedFree')
  return asked === 'pause' ? t('askedToPause') : t('heldUntil', wholeText(timeLease))
}

function Deeds({ model, rule }: { model: ColleaguesModel; rule: ColleaguesRule }) {
  if (rule.tenure === 'ended' || rule.asked === 'end') return null
  return (
    <div class="rule-deeds">
      {rule.mayTakeOver && (
        <button type="button" class="button button-main" onClick={() => void model.takeOver(rule.ruleId)}>
          {t('takeOverRule')}
        </button>
      )}
      {!rule.mayTakeOver && rule.asked === undefined && (
        <button type="button" class="button" onClick={() => void model.ask(rule.ruleId, 'pause')}>
          {t('askToPause')}
        </button>
      )}
      <ConfirmButton
        class="button"
        words={t('askToEnd')}
        sure={t('askToEndSure')}
        onConfirm={() => void model.ask(rule.ruleId, 'end')}
      />
    </div>
  )
}

/** What the course's other teachers share, and what one may do about it. */
export function Colleagues({ model }: { model: ColleaguesModel }) {
  const rules = model.rules.value
  return (
    <section aria-busy={model.isBusy.value}>
      <h3>{t('sharedByColleagues')}</h3>
      <p class="hint">{t('sharedByColleaguesMeans')}</p>
      {model.trouble.value && (
        <TroubleBar trouble={model.trouble.value} siteUrl={undefined} onTryAgain={() => void model.load()} />
      )}
      {rules?.length === 0 && <p role="status">{t('nothingShared')}</p>}
      <ul class="rules" aria-label={t('sharedByColleagues')}>
        {rules?.map((rule) => (
          <li key={rule.ruleId}>
            <span class="rule-title private" dir="auto">
              {rule.words.subject}
            </span>
            <p class="rule-facts">
              <Facts
                facts={[
                  rule.owner.fullName || t('aColleague'),
                  plural('reachedPeople', rule.reached),
                  tenureWords(rule),
                ]}
              />
            </p>
            <Deeds model={model} rule={rule} />
          </li>
        ))}
      </ul>
      <button type="button" class="button" disabled={model.isBusy.value} onClick={() => void model.load()}>
        {t('lookAtShared')}
      </button>
    </section>
  )
}
