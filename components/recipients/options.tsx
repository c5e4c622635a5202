import type { ComponentChildren, RefObject } from 'preact'
import type { PickerPerson, Whole } from '../../lib/dialogue/people-views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { Facts } from '../common/facts.tsx'
import { nameOf } from '../common/people.ts'
import { personFacts, roleName, whyNotWords } from './words.ts'

export type Option =
  | { kind: 'whole'; whole: Whole; isChosen: boolean }
  | { kind: 'person'; person: PickerPerson; isChosen: boolean; isOther: boolean }

export function canChoose(option: Option): boolean {
  if (option.isChosen) return false
  return option.kind === 'whole' || option.person.whyNot === undefined
}

export function optionKey(option: Option): string {
  return option.kind === 'whole' ? `${option.whole.kind}-${option.whole.id}` : `person-${option.person.id}`
}

export function wholeName({ kind, id, name }: Pick<Whole, 'kind' | 'id' | 'name'>): string {
  return kind === 'role' ? roleName({ id, name }) : name
}

function WholeWords({ whole }: { whole: Whole }) {
  return (
    <>
      <span class="option-name" dir="auto">
        {wholeName(whole)}
      </span>
      <span class="option-facts">
        {t(whole.kind === 'group' ? 'wholeGroup' : 'wholeRole')} · {plural('people', whole.count)}
      </span>
    </>
  )
}

function PersonWords({ person, isOther }: { person: PickerPerson; isOther: boolean }) {
  const facts = isOther ? [t('notInCourse')] : personFacts(person)
  return (
    <>
      <span class="option-name private" dir="auto">
        {nameOf(person)}
      </span>
      {person.whyNot && <span class="option-why">{whyNotWords(person.whyNot)}</span>}
      {facts.length > 0 && (
        <span class="option-facts">
          <Facts facts={facts} />
        </span>
      )}
    </>
  )
}

interface Props {
  id: string
  options: Option[]
  active: number
  list: RefObject<HTMLDivElement | null>
  /** Below the list: how many more there are. */
  children?: ComponentChildren
  onPick: (option: Option) => void
}

/** The list under the field; focus stays in the field, so a press must not take it. */
export function RecipientOptions({ id, options, active, list, children, onPick }: Props) {
  return (
    <div class="options" hidden={options.length === 0}>
      <div
        id={id}
        role="listbox"
        tabIndex={-1}
        aria-label={t('tabPeople')}
        aria-multiselectable="true"
        ref={list}
        onMouseDown={(event) => event.preventDefault()}
      >
        {options.map((option, index) => (
          <button
            key={optionKey(option)}
            id={`${id}-${index}`}
            type="button"
            class="option"
            role="option"
            tabIndex={-1}
            data-active={index === active}
            aria-selected={option.isChosen}
            aria-disabled={!canChoose(option)}
            onClick={() => onPick(option)}
          >
            {option.kind === 'whole' ? <WholeWords whole={option.whole} /> : <PersonWords {...option} />}
          </button>
        ))}
      </div>
      {children}
    </div>
  )
}
