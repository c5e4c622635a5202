import { useEffect, useState } from 'preact/hooks'
import { type DialogueRef, GENERAL } from '../../lib/dialogue/dialogue.ts'
import type { Sibling } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { StatusNote } from '../common/status-note.tsx'
import { nowSeconds, shortText } from '../common/times.ts'
import type { DeskModel } from '../models/desk.ts'
import { Sheet } from './sheet.tsx'

interface Props {
  desk: DeskModel
  target: DialogueRef
  messageId: number
  onClose: () => void
}

/** The other dialogues with the same people; the general one always takes a message. */
function placesFor(target: DialogueRef, found: Sibling[]): Sibling[] {
  const others = found.filter(({ dialogueId }) => dialogueId !== target.dialogueId)
  const hasGeneral = target.dialogueId === GENERAL || others.some(({ dialogueId }) => dialogueId === GENERAL)
  return hasGeneral ? others : [...others, { dialogueId: GENERAL, timeLast: 0 }]
}

export function MoveSheet({ desk, target, messageId, onClose }: Props) {
  const [found, setFound] = useState<Sibling[] | undefined>()
  useEffect(() => {
    desk.deeds.siblings(target).then(setFound)
  }, [desk, target])
  return (
    <Sheet title={t('moveTo')} onClose={onClose}>
      <StatusNote class="sheet-note">{!found && t('reading')}</StatusNote>
      <ul class="choices">
        {placesFor(target, found ?? []).map(({ dialogueId, subject, timeLast }) => (
          <li key={dialogueId}>
            <button
              type="button"
              class="choice"
              onClick={() => {
                void desk.deeds.move(target, messageId, dialogueId)
                onClose()
              }}
            >
              <span class="private" dir="auto">
                {subject ?? t('withoutSubject')}
              </span>
              {timeLast > 0 && <span class="choice-more">{shortText(timeLast, nowSeconds())}</span>}
            </button>
          </li>
        ))}
      </ul>
      <p class="sheet-note">{t('moveMeans')}</p>
    </Sheet>
  )
}
