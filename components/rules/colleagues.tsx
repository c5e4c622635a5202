import type { ColleaguesRule } from '../../lib/dialogue/colleagues-rule.ts'
import type { Course } from '../../lib/dialogue/views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { TroubleBar } from '../common/bar.tsx'
import { ConfirmButton } from '../common/confirm-button.tsx'
import { Facts } from '../common/facts.tsx'
import { StatusNote } from '../common/status-note.tsx'
import { wholeText } from '../common/times.ts'
import { titleFor } from '../common/title-words.ts'
import type { ColleaguesModel } from '../models/colleagues.ts'
import { Said } from './said.tsx'
import { whoWords } from './who-words.ts'

type Standing = 'ended' | 'asked-to-end' | 'free' | 'asked-to-pause' | 'held'

function standingOf({ tenure, mayTakeOver, asked }: ColleaguesRule): Standing {
  if (tenure === 'ended') return 'ended'
  if (asked === 'end') return 'asked-to-end'
  if (mayTakeOver) return 'free'
  return asked === 'pause' ? 'asked-to-pause' : 'held'
}

const STANDING_WORDS = {
  ended: 'sharedEnded',
  'asked-to-end': 'askedToEnd',
  free: 'sharedFree',
  'asked-to-pause': 'askedToPause',
} as const

function standingWords(standing: Standing, { timeLease }: ColleaguesRule): string {
  return standing === 'held' ? t('heldUntil', wholeText(timeLease)) : t(STANDING_WORDS[standing])
}

interface Props {
  model: ColleaguesModel
  rule: ColleaguesRule
}

function Deeds({ model, rule, standing }: Props & { standing: Standing }) {
  if (standing === 'ended' || standing === 'asked-to-end') return null
  return (
    <div class="rule-deeds">
      {standing === 'free' && (
        <button type="button" class="button button-main" onClick={() => void model.takeOver(rule.ruleId)}>
          {t('takeOverRule')}
        </button>
      )}
      {standing === 'held' && (
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

function Shared({ model, rule, course }: Props & { course: Course }) {
  const { words, owner, reached, claimed } = rule
  const standing = standingOf(rule)
  const common = { course: course.name, teacher: owner.fullName, activity: words.about?.name }
  return (
    <li class="shared" data-standing={standing}>
      <span class="rule-title private">
        <bdi>{titleFor(words.subject, common)}</bdi>
      </span>
      <p class="rule-facts">
        <Facts
          facts={[
            owner.fullName || t('aColleague'),
            whoWords(words),
            plural('reachedPeople', reached),
            ...(claimed > 0 ? [plural('claimedPeople', claimed)] : []),
          ]}
        />
      </p>
      <p class="shared-standing">{standingWords(standing, rule)}</p>
      <Said words={words} />
      <Deeds model={model} rule={rule} standing={standing} />
    </li>
  )
}

/** What the course's other teachers share, and what one may do about it. */
export function Colleagues({ model }: { model: ColleaguesModel }) {
  const rules = model.rules.value
  return (
    <section class="colleagues" aria-busy={model.isBusy.value}>
      <h3>{t('sharedByColleagues')}</h3>
      <p class="prose">{t('sharedByColleaguesMeans')}</p>
      <button type="button" class="button" disabled={model.isBusy.value} onClick={() => void model.load()}>
        {t(rules ? 'lookAgain' : 'lookAtShared')}
      </button>
      <TroubleBar trouble={model.trouble.value} siteUrl={undefined} onTryAgain={() => void model.load()} />
      <StatusNote class="prose">{rules?.length === 0 && t('nothingShared')}</StatusNote>
      {rules && rules.length > 0 && (
        <ul class="rules" aria-label={t('sharedByColleagues')}>
          {rules.map((rule) => (
            <Shared key={rule.ruleId} model={model} rule={rule} course={model.course} />
          ))}
        </ul>
      )}
    </section>
  )
}
