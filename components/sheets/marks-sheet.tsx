import { useState } from 'preact/hooks'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import { t } from '../../lib/extension/text.ts'
import type { DeskModel } from '../models/desk.ts'
import { Sheet } from './sheet.tsx'

interface Props {
  desk: DeskModel
  target: DialogueRef
  onClose: () => void
}

/** A name, labels and a note, for one's own eyes. On the extension's own pages only: a page could read along. */
export function MarksSheet({ desk, target, onClose }: Props) {
  const route = desk.route.value
  const view = route.level === 'dialogue' ? route.answer.thread.view.value : undefined
  const [name, setName] = useState(view?.name ?? '')
  const [labels, setLabels] = useState((view?.labels ?? []).join(', '))
  const [note, setNote] = useState(view?.note ?? '')
  async function save(): Promise<void> {
    await desk.deeds.mark([target], { name, labels: labels.split(','), note })
    desk.announce(t('marksSaved'))
    onClose()
  }
  return (
    <Sheet title={t('ownMarks')} onClose={onClose}>
      <form
        class="sheet-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <p class="sheet-note">{t('ownMarksMeans')}</p>
        <label class="sheet-field">
          {t('ownName')}
          <input
            class="field private"
            value={name}
            placeholder={view?.subject ?? ''}
            maxLength={120}
            dir="auto"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <label class="sheet-field">
          {t('labelsByComma')}
          <input
            class="field private"
            value={labels}
            dir="auto"
            onInput={(event) => setLabels(event.currentTarget.value)}
          />
        </label>
        <label class="sheet-field">
          {t('privateNote')}
          <textarea
            class="field private"
            rows={6}
            value={note}
            dir="auto"
            onInput={(event) => setNote(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button button-main">
          {t('save')}
        </button>
      </form>
    </Sheet>
  )
}
