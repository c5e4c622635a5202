import { wordsToShare } from '../../lib/dialogue/shared-words.ts'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import type { RuleEditor } from '../models/rule-editor.ts'

interface Props {
  editor: RuleEditor
  account: AccountView
}

/** With the course's other teachers; what cannot be had is not offered, and what was ticked can be taken out. */
export function ShareField({ editor, account }: Props) {
  const { toShare } = editor.draft.value
  const mayShare = account.hasToken && editor.choices.value?.notesKnown === true
  const isOffered = mayShare && wordsToShare(editor.draft.value) !== undefined
  if (editor.isShared || (!isOffered && toShare === undefined)) return null
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={toShare !== undefined}
        onChange={({ currentTarget: { checked } }) =>
          editor.set({ toShare: checked ? t('sharesRule', account.fullName) : undefined })
        }
      />
      <span>
        {t('shareRule')} <small>{t('shareRuleMeans')}</small>
      </span>
    </label>
  )
}
