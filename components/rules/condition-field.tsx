import type { CourseChoices } from '../../lib/dialogue/course-choices.ts'
import type { Condition, CourseAudience } from '../../lib/dialogue/open-rule.ts'
import { type TextKey, t } from '../../lib/extension/text.ts'
import { dateInput, dateOf } from '../common/date-input.ts'
import { nowSeconds } from '../common/times.ts'
import type { RuleEditor } from '../models/rule-editor.ts'
import { AssignmentFields, isAssignment } from './assignment-fields.tsx'
import { DAY } from './who-words.ts'

const KINDS = {
  'not-submitted': 'condNotSubmitted',
  'submitted-not-graded': 'condNotGraded',
  'not-in-course-since': 'condNotSince',
  'in-no-group': 'condNoGroup',
  'not-answered': 'condNotAnswered',
} as const satisfies Record<Condition['kind'], TextKey>

type Kind = keyof typeof KINDS

interface Props {
  editor: RuleEditor
  audience: CourseAudience
  choices: CourseChoices
}

function firstOf(kind: Kind, { pages }: CourseChoices): Condition | undefined {
  const cmid = pages.find(isAssignment)?.cmid
  switch (kind) {
    case 'not-submitted':
    case 'submitted-not-graded':
      return cmid === undefined ? undefined : { kind, cmid }
    case 'not-in-course-since':
      return { kind, time: nowSeconds() - 14 * DAY }
    case 'in-no-group':
      return { kind }
    case 'not-answered':
      return undefined
  }
}

/** Why it cannot be chosen here; undefined where it can. */
function whyNotHere(kind: Kind, choices: CourseChoices): string | undefined {
  if (kind === 'not-in-course-since' && !choices.lastKnown) return t('needsToken')
  const isOfAssignment = kind === 'not-submitted' || kind === 'submitted-not-graded'
  if (isOfAssignment && !choices.submissionsKnown) return t('needsToken')
  if (kind === 'in-no-group' && !choices.groupsKnown) return t('needsToken')
  return firstOf(kind, choices) ? undefined : t('noAssignmentHere')
}

function Details({ editor, condition, choices }: Omit<Props, 'audience'> & { condition: Condition }) {
  const put = (next: Condition) => editor.setAudience({ condition: next })
  if (condition.kind === 'not-submitted' || condition.kind === 'submitted-not-graded')
    return <AssignmentFields condition={condition} choices={choices} onChange={put} />
  if (condition.kind === 'not-in-course-since')
    return (
      <label class="form-line">
        <span class="form-label">{t('since')}</span>
        <input
          class="field"
          type="date"
          value={dateInput(condition.time)}
          onChange={(event) => {
            const time = dateOf(event.currentTarget.value)
            if (time !== undefined) put({ kind: 'not-in-course-since', time })
          }}
        />
      </label>
    )
  return null
}

/** Of these, only whom it fits when the rule runs. */
export function ConditionField({ editor, audience, choices }: Props) {
  const { condition } = audience
  const offered = (Object.keys(KINDS) as Kind[]).filter(
    (kind) => kind !== 'not-answered' || condition?.kind === kind,
  )
  return (
    <>
      <label class="form-line">
        <span class="form-label">{t('onlyThose')}</span>
        <select
          class="field"
          value={condition?.kind ?? ''}
          onChange={({ currentTarget: { value } }) =>
            editor.setAudience({ condition: value === '' ? undefined : firstOf(value as Kind, choices) })
          }
        >
          <option value="">{t('noCondition')}</option>
          {offered.map((kind) => {
            const why = condition?.kind === kind ? undefined : whyNotHere(kind, choices)
            return (
              <option key={kind} value={kind} disabled={why !== undefined}>
                {why ? `${t(KINDS[kind])} (${why})` : t(KINDS[kind])}
              </option>
            )
          })}
        </select>
      </label>
      {condition && <Details editor={editor} condition={condition} choices={choices} />}
    </>
  )
}
