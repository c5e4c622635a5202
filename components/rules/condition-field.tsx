import type { CourseChoices } from '../../lib/dialogue/course-choices.ts'
import type { Condition, CourseAudience } from '../../lib/dialogue/open-rule.ts'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import { type TextKey, t } from '../../lib/extension/text.ts'
import { dateInput, dateOf } from '../common/date-input.ts'
import { nowSeconds, wholeText } from '../common/times.ts'
import { titleWords } from '../common/title-words.ts'
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

function firstOf(kind: Kind, { pages }: CourseChoices, earlier: RuleView[]): Condition | undefined {
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
      return earlier[0] && { kind, ruleId: earlier[0].id }
  }
}

/** Why it cannot be chosen here; undefined where it can. */
function whyNotHere(kind: Kind, choices: CourseChoices, earlier: RuleView[]): string | undefined {
  if (kind === 'not-in-course-since' && !choices.lastKnown) return t('needsToken')
  if (kind === 'in-no-group' && !choices.groupsKnown) return t('needsToken')
  if (firstOf(kind, choices, earlier)) return undefined
  return t(kind === 'not-answered' ? 'noEarlierHere' : 'noAssignmentHere')
}

interface EarlierProps {
  earlier: RuleView[]
  ruleId: string
  onChange: (condition: Condition) => void
}

/** One that is older than those listed stays chosen. */
function EarlierField({ earlier, ruleId, onChange }: EarlierProps) {
  if (!earlier.some(({ id }) => id === ruleId)) return null
  return (
    <label class="form-line">
      <span class="form-label">{t('earlierMessage')}</span>
      <select
        class="field"
        value={ruleId}
        onChange={({ currentTarget: { value } }) => onChange({ kind: 'not-answered', ruleId: value })}
      >
        {earlier.map((rule) => (
          <option key={rule.id} value={rule.id}>
            {`${titleWords(rule)} (${wholeText(rule.timeCreated)})`}
          </option>
        ))}
      </select>
    </label>
  )
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
  if (condition.kind === 'not-answered')
    return <EarlierField earlier={editor.earlier.value} ruleId={condition.ruleId} onChange={put} />
  return null
}

/** Of these, only whom it fits when the rule runs. */
export function ConditionField({ editor, audience, choices }: Props) {
  const { condition } = audience
  const earlier = editor.earlier.value
  return (
    <>
      <label class="form-line">
        <span class="form-label">{t('onlyThose')}</span>
        <select
          class="field"
          value={condition?.kind ?? ''}
          onChange={({ currentTarget: { value } }) =>
            editor.setAudience({
              condition: value === '' ? undefined : firstOf(value as Kind, choices, earlier),
            })
          }
        >
          <option value="">{t('noCondition')}</option>
          {(Object.keys(KINDS) as Kind[]).map((kind) => {
            const why = condition?.kind === kind ? undefined : whyNotHere(kind, choices, earlier)
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
