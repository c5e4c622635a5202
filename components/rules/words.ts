import type { PersonReason, Standing } from '../../lib/dialogue/rule-person.ts'
import type { RuleHold, RulePersonView, RuleView } from '../../lib/dialogue/rule-views.ts'
import { numberText, plural, type TextKey, t } from '../../lib/extension/text.ts'
import { clockText, shortText, wholeText } from '../common/times.ts'
import { troubleWords } from '../common/trouble-words.ts'
import { whyNotWords } from '../recipients/words.ts'

export const STANDINGS = ['delivered', 'refused', 'unknown', 'waiting', 'not-attempted', 'dropped'] as const

const STANDING_WORDS = {
  delivered: 'delivered',
  refused: 'standingRefused',
  unknown: 'standingUnknown',
  waiting: 'onItsWay',
  'not-attempted': 'standingNotAttempted',
  dropped: 'standingDropped',
} as const satisfies Record<Standing, TextKey>

export function standingWords(standing: Standing): string {
  return t(STANDING_WORDS[standing])
}

const REASON_WORDS = {
  left: 'reasonLeft',
  'other-group': 'reasonOtherGroup',
  'no-longer-meant': 'reasonNoLongerMeant',
  cancelled: 'reasonCancelled',
} as const

function isOwn(reason: PersonReason): reason is keyof typeof REASON_WORDS {
  return reason in REASON_WORDS
}

export function reasonWords(reason: PersonReason): string {
  return isOwn(reason) ? t(REASON_WORDS[reason]) : whyNotWords(reason)
}

/** Why somebody is not reached: the site's own words where it said some. */
export function whyWords({ reason, trouble }: Pick<RulePersonView, 'reason' | 'trouble'>): string {
  if (trouble?.serverSays) return trouble.serverSays
  if (reason) return reasonWords(reason)
  return trouble ? troubleWords(trouble) : ''
}

function timeOf(ms: number, now: number): string {
  const time = Math.ceil(ms / 1000)
  return shortText(time, now) === clockText(time) ? clockText(time) : wholeText(time)
}

export function holdWords(hold: RuleHold, nowMs: number): string {
  if (hold.kind === 'trouble') return t('holdTrouble', troubleWords(hold.trouble))
  const until = timeOf(hold.untilMs, nowMs / 1000)
  switch (hold.kind) {
    case 'undo':
      return plural('holdUndo', Math.max(0, Math.ceil((hold.untilMs - nowMs) / 1000)))
    case 'schedule':
      return t('holdSchedule', until)
    case 'quiet-hours':
      return t('holdQuiet', until)
    case 'daily-cap':
      return t('holdCap', numberText(hold.cap), until)
  }
}

/** "about 2 minutes" */
export function estimateWords(seconds: number): string {
  return seconds < 60 ? t('lessThanAMinute') : plural('aboutMinutes', Math.round(seconds / 60))
}

export function leftOf({ progress: { counts } }: RuleView): number {
  return counts['not-attempted'] + counts.waiting
}

function sendingWords(rule: RuleView): string {
  const { secondsLeft, people } = rule.progress
  const done = t('sendingOf', numberText(people - leftOf(rule)), numberText(people))
  return secondsLeft === undefined ? done : `${done} ${estimateWords(secondsLeft)}`
}

function activeWords(rule: RuleView, nowMs: number): string {
  const { hold, counts } = rule.progress
  if (hold) return holdWords(hold, nowMs)
  if (leftOf(rule) > 0) return sendingWords(rule)
  if (counts.unknown > 0) return t('ruleFindsOut')
  if (rule.timeLastRun === undefined) return t('ruleBegins')
  const cutOff = rule.future?.timeCutOff
  if (cutOff !== undefined) return t('ruleWaitsUntil', wholeText(cutOff))
  return t(rule.future ? 'ruleWaits' : 'ruleEnds')
}

/** Where a rule stands, in a sentence. */
export function stateWords(rule: RuleView, nowMs: number): string {
  switch (rule.state) {
    case 'draft':
      return t('ruleDraft')
    case 'active':
      return activeWords(rule, nowMs)
    case 'paused':
      return rule.trouble ? t('rulePausedBecause', troubleWords(rule.trouble)) : t('rulePaused')
    case 'finished':
      return t('ruleDone')
    case 'cancelled':
      return t('ruleCancelled')
  }
}

/** "28 delivered · 2 refused · 5 waiting", and nothing of what is nought. */
export function countWords({ progress: { counts } }: RuleView): string[] {
  return STANDINGS.filter((standing) => counts[standing] > 0).map(
    (standing) => `${numberText(counts[standing])} ${standingWords(standing).toLocaleLowerCase()}`,
  )
}
