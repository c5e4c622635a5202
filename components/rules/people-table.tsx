import { tellsLast } from '../../lib/dialogue/roster.ts'
import type { Standing } from '../../lib/dialogue/rule-person.ts'
import type { RulePersonView, RuleView } from '../../lib/dialogue/rule-views.ts'
import { numberText, t } from '../../lib/extension/text.ts'
import { nameOf } from '../common/people.ts'
import { nowSeconds, shortText } from '../common/times.ts'
import type { RulePageModel } from '../models/rule-page.ts'
import { PAGE } from '../models/rule-people.ts'
import { STANDINGS, standingWords, whyWords } from './words.ts'

interface Props {
  page: RulePageModel
  rule: RuleView
}

function StandingChoice({ page: { people }, rule }: Props) {
  const { counts, people: all } = rule.progress
  const { standing, answered } = people.filter.value
  const choose = (value: string) => {
    if (value === 'answered' || value === 'not-answered')
      return people.show({ standing: 'delivered', answered: value === 'answered' })
    return people.show(value === '' ? {} : { standing: value as Standing })
  }
  const value = answered === undefined ? (standing ?? '') : answered ? 'answered' : 'not-answered'
  const option = (of: string, words: string, count: number) => (
    <option key={of} value={of}>
      {`${words} (${numberText(count)})`}
    </option>
  )
  return (
    <label class="table-filter">
      <span>{t('show')}</span>
      <select class="field" value={value} onChange={(event) => void choose(event.currentTarget.value)}>
        {option('', t('everybody'), all)}
        {option('answered', t('answered'), rule.progress.answered)}
        {option('not-answered', t('notAnswered'), Math.max(0, counts.delivered - rule.progress.answered))}
        {STANDINGS.filter((each) => counts[each] > 0 || each === standing).map((each) =>
          option(each, standingWords(each), counts[each]),
        )}
      </select>
    </label>
  )
}

function lastInCourse({ timeLastInCourse, lastInCourse }: RulePersonView, now: number): string {
  if (timeLastInCourse === 0) return t('neverInCourse')
  return timeLastInCourse === undefined ? (lastInCourse ?? '') : shortText(timeLastInCourse, now)
}

/** What nobody can prove, the person says. */
function Question({ page, person }: { page: RulePageModel; person: RulePersonView }) {
  if (person.standing !== 'unknown' || person.trouble?.kind !== 'not-proven') return null
  return (
    <span class="confirm">
      <button type="button" class="text-button" onClick={() => void page.settle(person.userId, true)}>
        {t('itArrived')}
      </button>
      <button type="button" class="text-button" onClick={() => void page.settle(person.userId, false)}>
        {t('itDidNot')}
      </button>
    </span>
  )
}

interface RowProps {
  page: RulePageModel
  person: RulePersonView
  now: number
  withLast: boolean
}

function Row({ page, person, now, withLast }: RowProps) {
  const { ref, standing, messageId, timeReached, timeAnswered } = person
  const name = nameOf(person.person) || t('unknownPerson')
  const why = standing === 'delivered' ? '' : whyWords(person)
  return (
    <tr>
      <th scope="row" class="private" dir="auto">
        {ref ? (
          <button type="button" class="text-button" onClick={() => void page.openDialogue(ref)}>
            {name}
          </button>
        ) : (
          name
        )}
      </th>
      <td data-standing={standing}>
        {standingWords(standing)}
        {why && <small>{why}</small>}
        <Question page={page} person={person} />
      </td>
      <td>{timeReached !== undefined && shortText(timeReached, now)}</td>
      <td>{timeAnswered !== undefined && shortText(timeAnswered, now)}</td>
      {withLast && <td>{lastInCourse(person, now)}</td>}
      <td>{messageId}</td>
    </tr>
  )
}

function Pages({ page: { people } }: { page: RulePageModel }) {
  const { page, offset } = people
  const count = page.value?.people.length ?? 0
  const hasNext = page.value?.next !== undefined
  if (offset.value === 0 && !hasNext) return null
  return (
    <p class="pages">
      <button type="button" class="button" disabled={offset.value === 0} onClick={() => people.previous()}>
        {t('previousPage', numberText(PAGE))}
      </button>
      <span role="status">{t('fromTo', numberText(offset.value + 1), numberText(offset.value + count))}</span>
      <button type="button" class="button" disabled={!hasNext} onClick={() => people.next()}>
        {t('nextPage', numberText(PAGE))}
      </button>
    </p>
  )
}

/** Whom the rule has reached, and whom not and why. */
export function PeopleTable({ page, rule }: Props) {
  const { people } = page
  const rows = people.page.value?.people
  const now = nowSeconds()
  const isAsked = people.withCourse.value
  const withLast = isAsked && rows !== undefined && tellsLast(rows)
  return (
    <div class="people-table">
      <div class="table-tools">
        <StandingChoice page={page} rule={rule} />
        {rule.courseId !== undefined && (
          <label class="check">
            <input
              type="checkbox"
              checked={people.withCourse.value}
              onChange={(event) => void people.showCourse(event.currentTarget.checked)}
            />
            <span>{t('showLastInCourse')}</span>
          </label>
        )}
      </div>
      {rows?.length === 0 && <p class="hint">{t('nobodyHere')}</p>}
      {isAsked && rows && rows.length > 0 && !withLast && <p class="hint">{t('lastInCourseUnknown')}</p>}
      {rows && rows.length > 0 && (
        <section class="table-frame" aria-label={t('personByPerson')}>
          <table class="table ledger">
            <thead>
              <tr>
                <th scope="col">{t('personName')}</th>
                <th scope="col">{t('state')}</th>
                <th scope="col">{t('reached')}</th>
                <th scope="col">{t('answered')}</th>
                {withLast && <th scope="col">{t('lastInCourseShort')}</th>}
                <th scope="col">{t('messageNumber')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((person) => (
                <Row key={person.userId} page={page} person={person} now={now} withLast={withLast} />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Pages page={page} />
    </div>
  )
}
