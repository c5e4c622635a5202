import { t } from '../../lib/extension/text.ts'
import { IconButton } from '../common/icon-button.tsx'
import { Status } from '../common/status-note.tsx'
import type { DeskModel } from '../models/desk.ts'

const WORDS = {
  'too-many': 'addressTooMany',
  'no-answer': 'addressNoAnswer',
  looking: 'syncing',
  nowhere: 'addressNowhere',
} as const

/** Why the dialogue that the address names did not open, and the way to it. */
export function AddressBar({ address: { state, look, close } }: Pick<DeskModel, 'address'>) {
  return (
    <Status>
      {state.value && (
        <div class="bar" data-kind={state.value}>
          <span class="bar-words">{t(WORDS[state.value])}</span>
          {(state.value === 'too-many' || state.value === 'no-answer') && (
            <button type="button" class="bar-action" onClick={look}>
              {t('lookForIt')}
            </button>
          )}
          <IconButton icon="close" label={t('close')} onClick={close} />
        </div>
      )}
    </Status>
  )
}
