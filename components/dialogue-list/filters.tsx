import type { DialogueList, Filter } from '../../lib/dialogue/views.ts'
import { numberText, t } from '../../lib/extension/text.ts'

const FILTERS = [
  { filter: 'unread', words: 'filterUnread', count: 'unread' },
  { filter: 'needs-answer', words: 'filterNeedsAnswer', count: 'needsAnswer' },
  { filter: 'waiting', words: 'filterWaiting', count: 'waiting' },
] as const

interface Props {
  filter: Filter
  counts: DialogueList['counts'] | undefined
  onToggle: (filter: Filter) => void
}

export function Filters({ filter: chosen, counts, onToggle }: Props) {
  return (
    <fieldset class="filters" aria-label={t('filters')}>
      {FILTERS.map(({ filter, words, count }) => (
        <button
          key={filter}
          type="button"
          class="filter"
          aria-pressed={chosen === filter}
          onClick={() => onToggle(filter)}
        >
          {t(words)} <span class="filter-count">{counts ? numberText(counts[count]) : ''}</span>
        </button>
      ))}
    </fieldset>
  )
}
