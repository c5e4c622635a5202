import { useEffect, useId, useRef, useState } from 'preact/hooks'
import {
  type Filter,
  type Grouping,
  labelFilter,
  type MoreCounts,
  type Sort,
} from '../../lib/dialogue/views.ts'
import { numberText, type TextKey, t } from '../../lib/extension/text.ts'
import { Icon } from '../common/icon.tsx'
import { useMenu } from '../common/menu.tsx'
import type { DeskModel } from '../models/desk.ts'

export const MORE_FILTERS = [
  { filter: 'drafts', words: 'filterDrafts', count: 'drafts' },
  { filter: 'unanswered', words: 'filterUnanswered', count: 'unanswered' },
  { filter: 'closed', words: 'filterClosed', count: 'closed' },
  { filter: 'snoozed', words: 'filterSnoozed', count: 'snoozed' },
] as const satisfies { filter: Filter; words: TextKey; count: keyof MoreCounts }[]

const SORTS: { value: Sort; words: TextKey }[] = [
  { value: 'unread', words: 'sortUnread' },
  { value: 'latest', words: 'sortLatest' },
  { value: 'oldest', words: 'sortOldest' },
  { value: 'first-name', words: 'sortFirstName' },
  { value: 'last-name', words: 'sortLastName' },
  { value: 'messages', words: 'sortMessages' },
]

const GROUPS: { value: Grouping; words: TextKey }[] = [
  { value: 'none', words: 'none' },
  { value: 'person', words: 'groupPerson' },
  { value: 'activity', words: 'groupActivity' },
]

interface ChoiceProps<Value extends string> {
  label: string
  value: Value
  choices: { value: Value; words: TextKey }[]
  isDisabled?: boolean
  onChange: (value: Value) => void
}

function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, value, choices, isDisabled = false, onChange } = props
  return (
    <label class="option-line">
      <span>{label}</span>
      <select
        class="field"
        value={value}
        disabled={isDisabled}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice.value === event.currentTarget.value)
          if (chosen) onChange(chosen.value)
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {t(choice.words)}
          </option>
        ))}
      </select>
    </label>
  )
}

function FilterChoices({ desk, onChosen }: { desk: DeskModel; onChosen: () => void }) {
  const { list, deeds } = desk
  const [counts, setCounts] = useState<MoreCounts | undefined>()
  useEffect(() => {
    deeds.moreCounts(list.scope.value, list.accountId.value).then(setCounts)
  }, [deeds, list])
  const all = [
    ...MORE_FILTERS.map(({ filter, words, count }) => ({
      filter: filter as Filter,
      words: t(words),
      count: counts?.[count],
    })),
    ...(counts?.labels ?? []).map(({ label, dialogues }) => ({
      filter: labelFilter(label),
      words: label,
      count: dialogues,
    })),
  ]
  return (
    <>
      {all.map(({ filter, words, count }) => (
        <button
          key={filter}
          type="button"
          class="option"
          aria-pressed={list.filter.value === filter}
          onClick={() => {
            list.toggleFilter(filter)
            onChosen()
          }}
        >
          <span class={filter.startsWith('label:') ? 'private' : ''}>{words}</span>{' '}
          <span class="filter-count">{count === undefined ? '' : numberText(count)}</span>
        </button>
      ))}
    </>
  )
}

/** More filters, the order and the groups of the list. */
export function ListOptions({ desk }: { desk: DeskModel }) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const menu = useMenu(() => button.current, setOpen)
  const { list } = desk
  const order = (change: { sort?: Sort; group?: Grouping }) => {
    void desk.setOrder(change)
    void list.setOrder(change)
  }
  return (
    <span class="menu-anchor list-options">
      <button type="button" class="filter" popovertarget={id} ref={button}>
        {t('more')} <Icon name="down" />
      </button>
      <div id={id} class="menu" popover="auto" {...menu}>
        {isOpen && <FilterChoices desk={desk} onChosen={() => menu.ref.current?.hidePopover()} />}
        <hr />
        <Choice
          label={t('sortBy')}
          value={list.sort.value}
          choices={SORTS}
          // Groups bring an order of their own.
          isDisabled={list.group.value !== 'none'}
          onChange={(sort) => order({ sort })}
        />
        <Choice
          label={t('groups')}
          value={list.group.value}
          choices={GROUPS}
          onChange={(group) => order({ group })}
        />
      </div>
    </span>
  )
}
