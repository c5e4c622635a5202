import type { DialogueRow, Grouping, RowGroup } from '../../lib/dialogue/views.ts'
import { numberText, plural, t } from '../../lib/extension/text.ts'
import { othersText, placeText } from '../common/people.ts'

interface Props {
  row: DialogueRow
  group: Grouping
  counts: RowGroup | undefined
}

/** Above the first row of a group: whom or what it is about, and how many there are of it. */
export function GroupHead({ row, group, counts }: Props) {
  const name = group === 'person' ? othersText(row) : placeText(row) || t('groupElsewhere')
  return (
    <li class="group-head">
      <span class="group-name private" dir="auto">
        {name}
      </span>
      {counts && (
        <span class="filter-count" title={plural('dialogueCount', counts.dialogues)}>
          {numberText(counts.dialogues)}
          <span class="unseen"> {plural('dialogueCount', counts.dialogues)}</span>
        </span>
      )}
      {counts !== undefined && counts.unread > 0 && (
        <span class="group-unread">{plural('unreadCount', counts.unread)}</span>
      )}
    </li>
  )
}
