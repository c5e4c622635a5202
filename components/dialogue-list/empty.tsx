import type { Filter, Scope, SyncView } from '../../lib/dialogue/views.ts'
import { type TextKey, t } from '../../lib/extension/text.ts'
import { StatusNote } from '../common/status-note.tsx'
import { firstSyncWords } from '../common/sync-words.ts'

interface Props {
  scope: Scope
  filter: Filter
  sync: SyncView
  onNew: () => void
  onAll: () => void
}

const BY_SCOPE: Record<Scope['kind'], TextKey> = {
  page: 'emptyPage',
  course: 'emptyCourse',
  all: 'emptyAll',
}

const BY_FILTER: Partial<Record<Filter, TextKey>> = {
  unread: 'emptyUnread',
  'needs-answer': 'emptyNeedsAnswer',
  waiting: 'emptyWaiting',
  drafts: 'emptyDrafts',
  unanswered: 'emptyUnanswered',
  closed: 'emptyClosed',
  snoozed: 'emptySnoozed',
}

/** One sentence and the one action. */
export function Empty({ scope, filter, sync, onNew, onAll }: Props) {
  if (sync.phase === 'first-sync') {
    return <p class="empty">{firstSyncWords(sync)}</p>
  }
  if (filter !== 'all') {
    return (
      <div class="empty">
        <p>{t(BY_FILTER[filter] ?? 'emptyLabel')}</p>
        <button type="button" class="button" onClick={onAll}>
          {t('showAll')}
        </button>
      </div>
    )
  }
  return (
    <div class="empty">
      <p>{t(BY_SCOPE[scope.kind])}</p>
      <button type="button" class="button button-main" onClick={onNew}>
        {t('startOne')}
      </button>
    </div>
  )
}

export function Skeleton() {
  return (
    <div class="skeleton">
      <StatusNote class="unseen">{t('reading')}</StatusNote>
      {[70, 55, 80, 62, 74, 50].map((width) => (
        <div key={width} class="skeleton-row" aria-hidden="true">
          <i style={{ inlineSize: `${width - 20}%` }} />
          <i style={{ inlineSize: `${width}%` }} />
        </div>
      ))}
    </div>
  )
}
