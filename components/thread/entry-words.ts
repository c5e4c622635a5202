import type { EntryView } from '../../lib/dialogue/views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { clockText, nowSeconds, wholeText } from '../common/times.ts'
import { timeOfRetry, troubleWords } from '../common/trouble-words.ts'

const WAITING = {
  offline: 'waitingForConnection',
  unreachable: 'waitingForConnection',
  'signed-out': 'waitingForLogIn',
} as const

function waitingWords({ trouble, quietUntilMs }: EntryView): string {
  if (quietUntilMs !== undefined) return t('waitingForQuietHours', clockText(quietUntilMs / 1000))
  if (!trouble) return t('waitingToBeSent')
  const time = timeOfRetry(trouble)
  if (time) return t('waitingUntilTime', time)
  const words = trouble.kind in WAITING ? WAITING[trouble.kind as keyof typeof WAITING] : undefined
  return words ? t(words) : t('waitingBecause', troubleWords(trouble))
}

/** Said when it was sent. */
export function leavesWords(sendAt: number | undefined): string {
  return sendAt === undefined ? t('onItsWay') : t('leavesLater', wholeText(sendAt))
}

export function isPutOff(entry: EntryView): entry is EntryView & { sendAt: number } {
  return entry.state === 'written' && entry.sendAt !== undefined && entry.sendAt > nowSeconds()
}

/** Where a message on its way is, in words. */
export function entryWords(entry: EntryView, seconds: number): string {
  switch (entry.state) {
    case 'written':
      if (isPutOff(entry)) return leavesWords(entry.sendAt)
      if (entry.heldBack) return t('waitingInLine')
      return seconds > 0 && !entry.trouble ? plural('sendingIn', seconds) : waitingWords(entry)
    case 'sending':
      return t('sending')
    case 'unconfirmed':
      return entry.trouble?.kind === 'not-proven' ? t('didItArrive') : t('checkingArrival')
    case 'delivered':
      return t('delivered')
    case 'refused':
      return t('notDelivered', troubleWords(entry.trouble))
  }
}
