import { useState } from 'preact/hooks'
import { csvOf } from '../../lib/dialogue/csv.ts'
import type { RulePersonView, RuleView } from '../../lib/dialogue/rule-views.ts'
import { numberText, plural, t } from '../../lib/extension/text.ts'
import { nameOf } from '../common/people.ts'
import { fileNameOf, saveFile } from '../common/save-file.ts'
import { nowSeconds, zonedText } from '../common/times.ts'
import { titleWords } from '../common/title-words.ts'
import type { RulePageModel } from '../models/rule-page.ts'
import { standingWords, whyWords } from './words.ts'

function cellsOf(person: RulePersonView): string[] {
  const { standing, messageId, timeReached, timeAnswered } = person
  const time = (at: number | undefined) => (at === undefined ? '' : zonedText(at))
  return [
    nameOf(person.person),
    standingWords(standing),
    standing === 'delivered' ? '' : whyWords(person),
    time(timeReached),
    time(timeAnswered),
    messageId === undefined ? '' : String(messageId),
  ]
}

/** Where numbers have a comma, spreadsheets expect the semicolon. */
function separator(): ',' | ';' {
  return numberText(0.5).includes(',') ? ';' : ','
}

/** Never with "last in the course", which is for the teacher's eyes. */
export function peopleCsv(people: readonly RulePersonView[]): string {
  const head = [t('personName'), t('state'), t('reason'), t('reached'), t('answered'), t('messageNumber')]
  return csvOf([head, ...people.map(cellsOf)], separator())
}

interface Props {
  page: RulePageModel
  rule: RuleView
  onFollowUp: (rule: RuleView) => void
}

export function TableDeeds({ page, rule, onFollowUp }: Props) {
  const [said, say] = useState('')
  const silent = rule.progress.counts.delivered - rule.progress.answered
  async function save(): Promise<void> {
    const people = await page.people.all(page.people.filter.value).catch(() => undefined)
    if (!people) return say(t('troubleUnknown'))
    saveFile(fileNameOf(titleWords(rule), nowSeconds(), 'csv'), 'text/csv', peopleCsv(people))
    say(plural('peopleSaved', people.length))
  }
  return (
    <p class="rule-deeds">
      {silent > 0 && rule.repliesExpected && (
        <button type="button" class="button" onClick={() => onFollowUp(rule)}>
          {plural('followUp', silent)}
        </button>
      )}
      <button type="button" class="button" onClick={() => void save()}>
        {t('saveTable')}
      </button>
      <span role="status">{said}</span>
    </p>
  )
}
