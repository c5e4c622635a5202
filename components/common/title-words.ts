import { dueDateText } from '../../lib/dialogue/due-date.ts'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import { FIELDS, type FieldValues, fill, withCommon } from '../../lib/dialogue/template.ts'
import { locale, t } from '../../lib/extension/text.ts'
import { FIELD_WORDS } from './field-words.ts'

/** A title for all of them: "Welcome, ‹First name›". */
export function titleFor(title: string, common: FieldValues = {}): string {
  const names = FIELDS.map((field) => [field, `‹${t(FIELD_WORDS[field])}›`])
  const filled = fill(withCommon(title, common), Object.fromEntries(names)).text
  return filled.trim() === '' ? t('noSubjectYet') : filled
}

export function titleWords({ title, timeDue = 0 }: Pick<RuleView, 'title' | 'timeDue'>): string {
  return titleFor(title, timeDue === 0 ? {} : { duedate: dueDateText(timeDue, locale()) })
}
