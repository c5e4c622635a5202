import type { Trouble, TroubleKind } from '../../lib/dialogue/trouble.ts'
import { type TextKey, t } from '../../lib/extension/text.ts'
import { clockText, nowSeconds } from './times.ts'

const WORDS = {
  offline: 'troubleOffline',
  unreachable: 'troubleUnreachable',
  'broken-answer': 'troubleBrokenAnswer',
  'signed-out': 'troubleSignedOut',
  'other-user': 'troubleOtherUser',
  'logged-in-as': 'troubleLoggedInAs',
  guest: 'troubleGuest',
  'switched-role': 'troubleSwitchedRole',
  maintenance: 'troubleMaintenance',
  'messaging-off': 'troubleMessagingOff',
  'web-services-off': 'troubleWebServicesOff',
  policy: 'troublePolicy',
  'password-change': 'troublePasswordChange',
  'profile-incomplete': 'troubleProfileIncomplete',
  suspended: 'troubleSuspended',
  'token-refused': 'troubleTokenRefused',
  'not-permitted': 'troubleNotPermitted',
  'recipient-refuses': 'troubleRecipientRefuses',
  empty: 'troubleEmpty',
  'too-long': 'troubleTooLong',
  'not-proven': 'troubleNotProven',
  'grader-not-opened': 'troubleGraderNotOpened',
  'grading-filtered': 'troubleGradingFiltered',
  'taken-over': 'troubleTakenOver',
  storage: 'troubleStorage',
  'site-not-allowed': 'troubleSiteNotAllowed',
  unknown: 'troubleUnknown',
} as const satisfies Record<TroubleKind, TextKey>

/** The site's own reason says more than ours where it refused this one thing. */
const SITE_KNOWS_BEST = new Set<TroubleKind>(['recipient-refuses', 'not-permitted', 'unknown', 'maintenance'])

export function troubleWords(trouble: Trouble | undefined): string {
  if (!trouble) return t('troubleUnknown')
  if (trouble.serverSays && SITE_KNOWS_BEST.has(trouble.kind)) return trouble.serverSays
  return t(WORDS[trouble.kind])
}

/** Until when it waits, in short: "10:42". Without a connection nobody can say. */
export function timeOfRetry({ kind, timeRetry }: Trouble): string | undefined {
  const isAhead = kind !== 'offline' && timeRetry !== undefined && timeRetry > nowSeconds()
  return isAhead ? clockText(timeRetry) : undefined
}

/** What is wrong and until when it waits, where it waits. */
export function waitingUntil(trouble: Trouble): string | undefined {
  const time = timeOfRetry(trouble)
  return time && t('waitingUntil', time, troubleWords(trouble))
}

export type TroubleAction = 'log-in' | 'open-site' | 'try-again' | 'none'

const ACTIONS: Partial<Record<TroubleKind, TroubleAction>> = {
  'signed-out': 'log-in',
  policy: 'open-site',
  'password-change': 'open-site',
  'profile-incomplete': 'open-site',
  offline: 'try-again',
  unreachable: 'try-again',
  'broken-answer': 'try-again',
  maintenance: 'try-again',
  unknown: 'try-again',
}

export function troubleAction(trouble: Trouble): TroubleAction {
  return ACTIONS[trouble.kind] ?? 'none'
}
