import type { OwnTemplate } from '../dialogue/own-template.ts'
import { type TextKey, t } from './text.ts'

const STARTERS = [
  ['welcome', 'starterWelcome', 'starterWelcomeShort', 'starterWelcomeSubject', 'starterWelcomeText'],
  ['first-week', 'starterWeek', 'starterWeekShort', 'starterWeekSubject', 'starterWeekText'],
  ['reminder', 'starterReminder', 'starterReminderShort', 'starterReminderSubject', 'starterReminderText'],
  ['missed', 'starterMissed', 'starterMissedShort', 'starterMissedSubject', 'starterMissedText'],
  ['feedback', 'starterFeedback', 'starterFeedbackShort', 'starterFeedbackSubject', 'starterFeedbackText'],
  ['closing', 'starterClosing', 'starterClosingShort', 'starterClosingSubject', 'starterClosingText'],
] as const satisfies readonly [string, TextKey, TextKey, TextKey, TextKey][]

/** What everybody begins with, in the language of the interface. */
export function starterTemplates(): OwnTemplate[] {
  return STARTERS.map(([id, name, shortcut, subject, text]) => ({
    id: `starter-${id}`,
    name: t(name),
    shortcut: t(shortcut),
    subject: t(subject),
    text: t(text),
  }))
}
