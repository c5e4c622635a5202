import { type CourseChoices, waitsForGrader } from '../../lib/dialogue/course-choices.ts'
import type { About } from '../../lib/dialogue/draft.ts'
import type { Condition } from '../../lib/dialogue/open-rule.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { StatusNote } from '../common/status-note.tsx'
import { DAY } from './who-words.ts'

export function isAssignment({ url }: About): boolean {
  return url.includes('/mod/assign/')
}

type OfAssignment = Extract<Condition, { cmid: number }>

const DAYS = [1, 2, 3, 7, 14]

interface Props {
  condition: OfAssignment
  choices: CourseChoices
  onChange: (condition: Condition) => void
}

/** As one word, so that a list can choose it: `due 3`, `overdue 7`. */
function whenOf(condition: OfAssignment): string {
  if (condition.kind !== 'not-submitted') return ''
  const { dueWithinSeconds, overdueBySeconds } = condition
  if (dueWithinSeconds !== undefined) return `due ${dueWithinSeconds / DAY}`
  return overdueBySeconds === undefined ? '' : `overdue ${overdueBySeconds / DAY}`
}

function withWhen({ cmid }: OfAssignment, when: string): Condition {
  const [kind, days] = when.split(' ')
  const seconds = Number(days) * DAY
  return {
    kind: 'not-submitted',
    cmid,
    ...(kind === 'due' ? { dueWithinSeconds: seconds } : {}),
    ...(kind === 'overdue' ? { overdueBySeconds: seconds } : {}),
  }
}

function When({ condition, onChange }: Omit<Props, 'choices'>) {
  return (
    <label class="form-line">
      <span class="form-label">{t('when')}</span>
      <select
        class="field"
        value={whenOf(condition)}
        onChange={(event) => onChange(withWhen(condition, event.currentTarget.value))}
      >
        <option value="">{t('atAnyTime')}</option>
        {DAYS.map((days) => (
          <option key={`due ${days}`} value={`due ${days}`}>
            {plural('dueWithin', days)}
          </option>
        ))}
        <option value="overdue 0">{t('overdue')}</option>
        {DAYS.map((days) => (
          <option key={`overdue ${days}`} value={`overdue ${days}`}>
            {plural('overdueBy', days)}
          </option>
        ))}
      </select>
    </label>
  )
}

function GraderNote({ cmid, choices }: { cmid: number; choices: CourseChoices }) {
  const page = choices.pages.find((one) => one.cmid === cmid)
  return (
    <StatusNote>
      {page && waitsForGrader(choices, cmid) && (
        <>
          {t('graderFirst')}{' '}
          <a href={`${page.url}&action=grader`} target="_blank" rel="noreferrer">
            {t('openGrader')}
          </a>
        </>
      )}
    </StatusNote>
  )
}

/** Which assignment, and when. */
export function AssignmentFields({ condition, choices, onChange }: Props) {
  return (
    <>
      <label class="form-line">
        <span class="form-label">{t('assignment')}</span>
        <select
          class="field"
          value={condition.cmid}
          onChange={(event) => onChange({ ...condition, cmid: Number(event.currentTarget.value) })}
        >
          {choices.pages.filter(isAssignment).map(({ cmid, name }) => (
            <option key={cmid} value={cmid}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <GraderNote cmid={condition.cmid} choices={choices} />
      {condition.kind === 'not-submitted' && <When condition={condition} onChange={onChange} />}
    </>
  )
}
