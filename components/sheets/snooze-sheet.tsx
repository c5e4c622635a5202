import { useState } from 'preact/hooks'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import { t } from '../../lib/extension/text.ts'
import { nowSeconds, wholeText } from '../common/times.ts'
import type { DeskModel } from '../models/desk.ts'
import { Sheet } from './sheet.tsx'
import { localInput, secondsOf, timesToReturn } from './times-to-return.ts'

interface Props {
  desk: DeskModel
  refs: DialogueRef[]
  onClose: () => void
}

/** "Put off until": a few usual times, or one's own. */
export function SnoozeSheet({ desk, refs, onClose }: Props) {
  const [own, setOwn] = useState(() => localInput(nowSeconds() + 3 * 86_400))
  const until = (time: number) => {
    void desk.deeds.snooze(refs, time)
    onClose()
    desk.list.selection.clear()
    desk.back()
  }
  const chosen = secondsOf(own)
  return (
    <Sheet title={t('putOffUntil')} onClose={onClose}>
      <ul class="choices">
        {timesToReturn(nowSeconds()).map(({ words, time }) => (
          <li key={words}>
            <button type="button" class="choice" onClick={() => until(time)}>
              <span>{t(words)}</span> <span class="choice-more">{wholeText(time)}</span>
            </button>
          </li>
        ))}
      </ul>
      <form
        class="sheet-line"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen !== undefined) until(chosen)
        }}
      >
        <label class="sheet-field">
          {t('putOffOwn')}
          <input
            class="field"
            type="datetime-local"
            value={own}
            onInput={(event) => setOwn(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button" disabled={chosen === undefined || chosen <= nowSeconds()}>
          {t('putOff')}
        </button>
      </form>
      <p class="sheet-note">{t('putOffMeans')}</p>
    </Sheet>
  )
}
