import type { DraftSaved } from '../../lib/extension/protocol.ts'
import { numberText, t } from '../../lib/extension/text.ts'
import type { DraftState } from '../models/draft.ts'

/** From here on the limit is worth a thought. */
const NEAR_LIMIT = 500

interface Props {
  id: string
  state: DraftState
  size: DraftSaved | undefined
}

function stateWords(state: DraftState): string {
  if (state === 'saved') return t('draftSaved')
  if (state === 'unsaved') return t('draftUnsaved')
  if (state === 'sending') return t('sending')
  return ''
}

function sizeWords({ bytes, limit }: DraftSaved): string {
  if (bytes > limit) return t('tooLongBy', numberText(bytes - limit))
  return t('bytesLeft', numberText(limit - bytes))
}

/** Quiet: what a draft's state or length is, never both. */
export function Status({ id, state, size }: Props) {
  const isNear = size !== undefined && size.bytes > size.limit - NEAR_LIMIT
  const isOver = size !== undefined && size.bytes > size.limit
  return (
    <span class="composer-status" id={id} data-over={isOver} aria-live={isOver ? 'polite' : 'off'}>
      {isNear ? sizeWords(size) : stateWords(state)}
    </span>
  )
}
