import { useId, useRef } from 'preact/hooks'
import type { Course } from '../../lib/dialogue/views.ts'
import { numberText, plural, t } from '../../lib/extension/text.ts'
import { CourseField } from '../common/choices.tsx'
import { troubleWords } from '../common/trouble-words.ts'
import type { NewModel } from '../models/new.ts'
import { Chips } from './chips.tsx'
import { RecipientBox } from './combobox.tsx'
import type { Option } from './options.tsx'

/** What a picker needs, wherever it stands. */
export type Choosing = Pick<NewModel, 'picker' | 'recipients' | 'isTooMany'>

function optionsOf({ picker, recipients }: Choosing): Option[] {
  const { courseId } = picker.at.value
  const wholes = picker.found.value?.wholes ?? []
  const isWholeChosen = (kind: string, id: number) =>
    recipients.chosen.value.some((one) => one.kind !== 'person' && one.kind === kind && one.id === id)
  return [
    ...wholes.map(
      (whole): Option => ({ kind: 'whole', whole, isChosen: isWholeChosen(whole.kind, whole.id) }),
    ),
    ...picker.people.value.map(
      (person, at): Option => ({
        kind: 'person',
        person,
        isChosen: recipients.holds(person, courseId),
        isOther: at >= picker.othersFrom.value && courseId !== undefined,
      }),
    ),
  ]
}

/** Why there is nobody to choose, where there is not. */
function statusOf({ picker }: Choosing, options: Option[]): string | undefined {
  const found = picker.found.value
  if (found?.state === 'reading') return t('readingPeople')
  if (found?.state === 'unreadable') return t('peopleUnreadable', troubleWords(found.trouble))
  return found && options.length === 0 ? t('nobodyFound') : undefined
}

/** What cannot be known here, and what the course is used to. */
function Notes({ compose, id }: { compose: Choosing; id: string }) {
  const found = compose.picker.found.value
  const notes =
    found?.state === 'known'
      ? [
          ...(found.rolesKnown ? [] : [t('rolesUnknown')]),
          ...(found.isLimited ? [t('habitLimits')] : []),
          ...(compose.isTooMany.value && found.most ? [plural('atMostPeople', found.most)] : []),
        ]
      : []
  return (
    <p class="picker-notes" id={id}>
      {notes.map((note) => (
        <span key={note}>{note}</span>
      ))}
    </p>
  )
}

interface CourseProps {
  compose: NewModel
  courses: Course[]
}

/** Beside no course: whose people to choose from. */
export function CourseChoice({ compose, courses }: CourseProps) {
  const { place, seed, picker } = compose
  if (place?.courseId !== undefined || seed?.courseId !== undefined || courses.length === 0) return null
  return (
    <CourseField
      place="line"
      words={t('peopleOf')}
      courses={courses}
      none={t('wholeSite')}
      value={picker.at.value.courseId}
      onChange={(courseId) => void picker.setCourse(courseId)}
    />
  )
}

export function Picker({ compose }: { compose: Choosing }) {
  const { picker, recipients } = compose
  const notesId = useId()
  const frame = useRef<HTMLDivElement>(null)
  const chips = useRef<HTMLUListElement>(null)
  const options = optionsOf(compose)
  const { most } = picker.found.value ?? {}
  const isFull = most !== undefined && recipients.view.value.count >= most
  const toField = () => frame.current?.querySelector<HTMLElement>('[role=combobox]')?.focus()

  function pick(option: Option): void {
    if (option.kind === 'whole') recipients.addWhole(option.whole)
    else recipients.add(option.person)
  }

  return (
    <div class="picker" ref={frame} data-count={numberText(recipients.view.value.count)}>
      <Chips recipients={recipients} group={chips} onForward={() => setTimeout(toField)} />
      {!isFull && (
        <RecipientBox
          options={options}
          more={picker.found.value?.more ?? 0}
          status={statusOf(compose, options)}
          describedBy={notesId}
          onType={(typed) => void picker.type(typed)}
          onPick={pick}
          onBack={() => chips.current?.querySelector<HTMLElement>('.pick:last-child .icon-button')?.focus()}
        />
      )}
      <Notes compose={compose} id={notesId} />
    </div>
  )
}
