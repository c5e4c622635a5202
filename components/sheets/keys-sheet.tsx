import { t } from '../../lib/extension/text.ts'
import type { DeskModel } from '../models/desk.ts'
import { Sheet } from './sheet.tsx'

const KEYS = [
  ['j', 'keyNext'],
  ['k', 'keyPrevious'],
  ['o', 'keyOpen'],
  ['r', 'keyAnswer'],
  ['c', 'newDialogue'],
  ['x', 'keySelect'],
  ['/', 'search'],
  ['?', 'keyHelp'],
  ['Esc', 'keyEscape'],
] as const

export function KeysSheet({ desk, onClose }: { desk: DeskModel; onClose: () => void }) {
  const { keys } = desk.settings.value
  return (
    <Sheet title={t('keysTitle')} onClose={onClose}>
      <dl class="keys">
        {KEYS.map(([key, words]) => (
          <div key={key} class="keys-line">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(words)}</dd>
          </div>
        ))}
      </dl>
      <p class="sheet-note">{t('keysMeans')}</p>
      <button type="button" class="button" onClick={() => desk.setKeys(!keys)}>
        {keys ? t('keysOff') : t('keysOn')}
      </button>
    </Sheet>
  )
}
