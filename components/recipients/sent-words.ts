import type { PersonReason, Standing } from '../../lib/dialogue/rule-person.ts'
import type { RulePersonView, RuleView } from '../../lib/dialogue/rule-views.ts'
import { numberText, plural, type TextKey, t } from '../../lib/extension/text.ts'
import { clockText, nowSeconds, shortText } from '../common/times.ts'
import { troubleWords } from '../common/trouble-words.ts'
import { leavesWords } from '../thread/entry-words.ts'
import { whyNotWords } from './words.ts'

const STANDINGS = {
  'not-attempted': 'waitingToBeSent',
  waiting: 'waitingToBeSent',
  unknown: 'sentUnknown',
  dropped: 'sentDropped',
} as const satisfies Partial<Record<Standing, TextKey>>

const REASONS: Partial<Record<PersonReason, TextKey>> = {
  left: 'leftCourse',
  cancelled: 'sentCancelled',
  'no-longer-meant': 'sentDropped',
  'other-group': 'sentDropped',
}

function reasonWords(reason: PersonReason): string {
  const known = REASONS[reason]
  if (known) return t(known)
  return whyNotWords(reason as Parameters<typeof whyNotWords>[0])
}

/** What became of one person's copy: "Answered, 10:42", "Accepts messages from contacts only". */
export function personWords({ standing, reason, trouble, timeAnswered }: RulePersonView): string {
  if (standing === 'delivered') {
    return timeAnswered === undefined
      ? t('notAnsweredYet')
      : t('answeredAt', shortText(timeAnswered, nowSeconds()))
  }
  if (reason) return reasonWords(reason)
  if (trouble && (standing === 'refused' || standing === 'unknown')) return troubleWords(trouble)
  return standing === 'refused' ? t('troubleRecipientRefuses') : t(STANDINGS[standing])
}

export function isUnderWay({ progress: { counts }, state }: RuleView): boolean {
  return state === 'active' && counts['not-attempted'] + counts.waiting > 0
}

/** May everything still be taken back? */
export function isUndoable({ progress: { hold } }: RuleView): boolean {
  return hold?.kind === 'undo' || hold?.kind === 'schedule'
}

/** Held by the clock alone. */
export function mayLeaveNow({ progress: { hold } }: RuleView): boolean {
  return hold?.kind === 'schedule' || hold?.kind === 'quiet-hours'
}

function holdWords(rule: RuleView): string | undefined {
  const { hold } = rule.progress
  if (!hold || hold.kind === 'undo') return
  if (hold.kind === 'trouble') return troubleWords(hold.trouble)
  return t('sentGoesOn', clockText(Math.round(hold.untilMs / 1000)))
}

/** "60 people", and what is going on. */
export function progressWords(rule: RuleView): string {
  const { people, counts } = rule.progress
  const left = counts['not-attempted'] + counts.waiting
  const all = plural('people', people)
  const { hold } = rule.progress
  if (hold?.kind === 'schedule') return `${all} · ${leavesWords(hold.untilMs / 1000)}`
  if (isUndoable(rule)) return `${all} · ${t('sentNotYet')}`
  if (isUnderWay(rule)) {
    const words = holdWords(rule) ?? t('sentSoFar', numberText(people - left), numberText(people))
    return `${all} · ${words}`
  }
  return [
    all,
    ...(counts.refused > 0 ? [plural('sentRefused', counts.refused)] : []),
    ...(counts.unknown > 0 ? [plural('sentUncertain', counts.unknown)] : []),
  ].join(' · ')
}
