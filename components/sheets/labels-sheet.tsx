import { useEffect, useState } from 'preact/hooks'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import { t } from '../../lib/extension/text.ts'
import type { DeskModel } from '../models/desk.ts'
import { refKey } from '../models/ref.ts'
import { Sheet } from './sheet.tsx'

interface Props {
  desk: DeskModel
  refs: DialogueRef[]
  onClose: () => void
}

/** Puts one more label on several dialogues. */
export function LabelsSheet({ desk, refs, onClose }: Props) {
  const { deeds, list } = desk
  const [known, setKnown] = useState<string[]>([])
  const [typed, setTyped] = useState('')
  useEffect(() => {
    deeds
      .moreCounts({ kind: 'all' })
      .then((counts) => setKnown(counts?.labels.map(({ label }) => label) ?? []))
  }, [deeds])
  async function put(label: string): Promise<void> {
    const keys = new Set(refs.map(refKey))
    for (const row of list.rows.value)
      if (keys.has(refKey(row.ref))) await deeds.mark([row.ref], { labels: [...row.labels, label] })
    list.selection.clear()
    desk.announce(t('labelled'))
    onClose()
  }
  return (
    <Sheet title={t('addLabel')} onClose={onClose}>
      <form
        class="sheet-line"
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim() !== '') void put(typed)
        }}
      >
        <label class="sheet-field">
          {t('newLabel')}
          <input
            class="field"
            value={typed}
            maxLength={40}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button button-main" disabled={typed.trim() === ''}>
          {t('addLabel')}
        </button>
      </form>
      <p class="chips">
        {known.map((label) => (
          <button key={label} type="button" class="chip private" onClick={() => put(label)}>
            {label}
          </button>
        ))}
      </p>
    </Sheet>
  )
}
