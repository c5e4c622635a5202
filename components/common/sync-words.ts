import type { SyncView } from '../../lib/dialogue/views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { nowSeconds, shortText } from './times.ts'
import { troubleWords, waitingUntil } from './trouble-words.ts'

/** How far the first reading is. */
export function firstSyncWords({ progress }: SyncView): string {
  return progress ? plural('firstSyncProgress', progress) : t('firstSync')
}

/** What is still being read from the site, if anything is. */
export function readingWords(sync: SyncView): string | undefined {
  if (sync.phase === 'first-sync') return firstSyncWords(sync)
  return sync.older ? plural('lookingForOlder', sync.older) : undefined
}

/** How sync is, in words. */
export function syncWords(sync: SyncView): string {
  const { phase, trouble, timeLastRound } = sync
  if (trouble) return waitingUntil(trouble) ?? troubleWords(trouble)
  if (phase === 'first-sync') return firstSyncWords(sync)
  if (phase === 'syncing') return t('syncing')
  return timeLastRound === undefined ? t('notReadYet') : t('readAt', shortText(timeLastRound, nowSeconds()))
}
