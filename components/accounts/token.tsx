import { useState } from 'preact/hooks'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { t } from '../../lib/extension/text.ts'
import { StatusNote } from '../common/status-note.tsx'
import { troubleWords } from '../common/trouble-words.ts'

interface Props {
  hasToken: boolean
  onUse: (pasted?: string) => Promise<Trouble | undefined>
  onForget: () => void
}

/** "Also when I am logged out of Moodle." */
export function Token({ hasToken, onUse, onForget }: Props) {
  const [pasted, setPasted] = useState('')
  const [trouble, setTrouble] = useState<Trouble | undefined>()
  const [isWaiting, setWaiting] = useState(false)

  async function use(key?: string): Promise<void> {
    setWaiting(true)
    setTrouble(await onUse(key))
    setPasted('')
    setWaiting(false)
  }

  if (hasToken) {
    return (
      <div class="setting">
        <span class="setting-words">{t('alsoLoggedOutIsOn')}</span>
        <button type="button" class="button" onClick={onForget}>
          {t('forgetKey')}
        </button>
        <p class="setting-means">{t('forgetKeyMeans')}</p>
      </div>
    )
  }
  return (
    <details class="token">
      <summary>{t('alsoLoggedOut')}</summary>
      <p class="prose">{t('alsoLoggedOutMeans')}</p>
      <button type="button" class="button" disabled={isWaiting} onClick={() => use()}>
        {t('getKey')}
      </button>
      <form
        class="token-paste"
        onSubmit={(event) => {
          event.preventDefault()
          if (pasted.trim() !== '') use(pasted.trim())
        }}
      >
        <label>
          <span>{t('pasteKey')}</span>
          <input
            class="field"
            type="password"
            autocomplete="off"
            spellcheck={false}
            value={pasted}
            onInput={(event) => setPasted(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="button" disabled={isWaiting || pasted.trim() === ''}>
          {t('useKey')}
        </button>
      </form>
      <p class="hint">{t('pasteKeyWhere')}</p>
      <StatusNote class="hint">{isWaiting && t('waitingForKey')}</StatusNote>
      {trouble && (
        <p class="note" role="alert">
          {troubleWords(trouble)}
        </p>
      )}
    </details>
  )
}
