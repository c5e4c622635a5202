import { useState } from 'preact/hooks'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { t } from '../../lib/extension/text.ts'
import { troubleWords } from '../common/trouble-words.ts'
import type { Sheet as AnySheet } from '../models/deeds.ts'
import type { DeskModel } from '../models/desk.ts'
import { Sheet } from './sheet.tsx'

interface Props {
  desk: DeskModel
  what: Extract<AnySheet, { kind: 'delete' }>
  onClose: () => void
}

/** Says whose copy goes before anything does. */
export function DeleteSheet({ desk, what, onClose }: Props) {
  const { ref, messageIds, mayForAll } = what
  const [trouble, setTrouble] = useState<Trouble | undefined>()
  const [isAsking, setAsking] = useState(false)
  async function remove(forEveryone: boolean): Promise<void> {
    setAsking(true)
    const refused = await desk.deeds.remove(ref, messageIds, forEveryone)
    setAsking(false)
    if (refused) return setTrouble(refused)
    onClose()
    if (!messageIds) desk.back()
  }
  return (
    <Sheet title={messageIds ? t('deleteMessage') : t('deleteDialogue')} onClose={onClose}>
      <p>{messageIds ? t('deleteMessageMeans') : t('deleteDialogueMeans')}</p>
      {trouble && (
        <p class="note" role="alert">
          {t('notDeleted', troubleWords(trouble))}
        </p>
      )}
      <div class="sheet-buttons">
        <button type="button" class="button" data-first onClick={onClose}>
          {t('keep')}
        </button>
        <button type="button" class="button danger" disabled={isAsking} onClick={() => remove(false)}>
          {t('deleteForMe')}
        </button>
        {messageIds && mayForAll && (
          <button type="button" class="button danger" disabled={isAsking} onClick={() => remove(true)}>
            {t('deleteForAll')}
          </button>
        )}
      </div>
    </Sheet>
  )
}
