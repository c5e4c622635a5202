import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import { t } from '../../lib/extension/text.ts'
import type { DeskModel } from '../models/desk.ts'
import { TimesSheet } from './times-sheet.tsx'

interface Props {
  desk: DeskModel
  refs: DialogueRef[]
  onClose: () => void
}

/** "Put off until": out of the lists until then. */
export function SnoozeSheet({ desk, refs, onClose }: Props) {
  const until = (time: number) => {
    void desk.deeds.snooze(refs, time)
    onClose()
    desk.list.selection.clear()
    desk.back()
  }
  return (
    <TimesSheet title={t('putOffUntil')} deed={t('putOff')} onChoose={until} onClose={onClose}>
      {t('putOffMeans')}
    </TimesSheet>
  )
}
