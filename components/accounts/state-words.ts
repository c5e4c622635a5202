import type { AccountView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { nowSeconds, shortText } from '../common/times.ts'
import { troubleWords } from '../common/trouble-words.ts'

/** How an account is, in words. */
export function stateWords({ state, trouble, timeLastRound }: AccountView): string {
  if (trouble) return troubleWords(trouble)
  if (state === 'signed-out') return t('troubleSignedOut')
  if (state === 'locked') return t('accountLocked')
  if (state === 'paused') return t('accountPaused')
  if (timeLastRound === undefined) return t('notReadYet')
  return t('readAt', shortText(timeLastRound, nowSeconds()))
}

export function hostOf(wwwroot: string): string {
  return wwwroot.replace(/^https?:\/\//, '')
}
