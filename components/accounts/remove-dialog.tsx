import { useEffect, useRef } from 'preact/hooks'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'

interface Props {
  account: AccountView
  /** Words that were never sent and would be gone. */
  unsent: number
  onRemove: () => void
  onClose: () => void
}

export function RemoveDialog({ account, unsent, onRemove, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby="remove-title" onClose={onClose}>
      <h2 id="remove-title">{t('removeAccountQuestion', account.siteName)}</h2>
      <p>{t('removeAccountMeans')}</p>
      {unsent > 0 && <p class="note">{t('removeUnsent')}</p>}
      <div class="deeds">
        <button
          type="button"
          class="button danger"
          onClick={() => {
            dialog.current?.close()
            onRemove()
          }}
        >
          {t('removeAccount')}
        </button>
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {t('keep')}
        </button>
      </div>
    </dialog>
  )
}
