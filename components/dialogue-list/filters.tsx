import type { Filter } from '../../lib/dialogue/views.ts'
import { numberText, t } from '../../lib/extension/text.ts'
import { Icon } from '../common/icon.tsx'
import type { DeskModel } from '../models/desk.ts'
import { ListOptions, MORE_FILTERS } from './list-options.tsx'

const FILTERS = [
  { filter: 'unread', words: 'filterUnread', count: 'unread' },
  { filter: 'needs-answer', words: 'filterNeedsAnswer', count: 'needsAnswer' },
  { filter: 'waiting', words: 'filterWaiting', count: 'waiting' },
] as const

/** One of those that are put away, while it is in force. */
function wordsOf(filter: Filter): string | undefined {
  const more = MORE_FILTERS.find((one) => one.filter === filter)
  if (more) return t(more.words)
  return filter.startsWith('label:') ? filter.slice('label:'.length) : undefined
}

export function Filters({ desk }: { desk: DeskModel }) {
  const { list } = desk
  const chosen = list.filter.value
  const counts = list.list.value?.counts
  const more = wordsOf(chosen)
  const onToggle = list.toggleFilter
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
      {more && (
        <button
          type="button"
          class="filter filter-more private"
          aria-pressed="true"
          onClick={() => onToggle(chosen)}
        >
          {more} <Icon name="close" />
        </button>
      )}
      <ListOptions desk={desk} />
    </fieldset>
  )
}
