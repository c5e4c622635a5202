import { t } from '../../lib/extension/text.ts'
import type { DraftModel } from '../models/draft.ts'

/** Two tabs, one draft, two texts: both are kept until the person has chosen. */
export function OtherWords({
  draft,
}: {
  draft: Pick<DraftModel, 'draft' | 'other' | 'keepMine' | 'takeTheirs' | 'keepBoth'>
}) {
  const other = draft.other.value
  if (!other) return null
  return (
    <div class="note other-words" role="alert">
      <p>{t('draftElsewhere')}</p>
      <blockquote class="private" dir="auto">
        {[other.subject !== draft.draft.value.subject && other.subject, other.text]
          .filter(Boolean)
          .join('\n')}
      </blockquote>
      <p class="deeds">
        <button type="button" class="button" onClick={draft.keepMine}>
          {t('keepMine')}
        </button>
        <button type="button" class="button" onClick={draft.takeTheirs}>
          {t('takeTheirs')}
        </button>
        <button type="button" class="button" onClick={draft.keepBoth}>
          {t('keepBoth')}
        </button>
      </p>
    </div>
  )
}
