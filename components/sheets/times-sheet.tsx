import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import { dateOf, momentInput } from '../common/date-input.ts'
import { nowSeconds, wholeText } from '../common/times.ts'
import { Sheet } from './sheet.tsx'
import { timesToReturn } from './times-to-return.ts'

interface Props {
  title: string
  deed: string
  onChoose: (time: number) => void
  onClose: () => void
  children: ComponentChildren
}

/** A few usual times, or one's own. */
export function TimesSheet({ title, deed, onChoose, onClose, children }: Props) {
  const [own, setOwn] = useState(() => momentInput(nowSeconds() + 3 * 86_400))
  const chosen = dateOf(own)
  return (
    <Sheet title={title} onClose={onClose}>
      <ul class="choices">
        {timesToReturn(nowSeconds()).map(({ words, time }) => (
          <li key={words}>
            <button type="button" class="choice" onClick={() => onChoose(time)}>
              <span>{t(words)}</span> <span class="choice-more">{wholeText(time)}</span>
            </button>
          </li>
        ))}
      </ul>
      <form
        class="sheet-line"
        onSubmit={(event) => {
          event.preventDefault()
          if (chosen !== undefined) onChoose(chosen)
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
          {deed}
        </button>
      </form>
      <p class="sheet-note">{children}</p>
    </Sheet>
  )
}
