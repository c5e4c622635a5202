import { useState } from 'preact/hooks'
import { type ChosenWhole, chosenKey } from '../../lib/dialogue/chosen.ts'
import type { PickerPerson } from '../../lib/dialogue/people-views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { nameOf } from '../common/people.ts'
import type { RecipientsModel } from '../models/recipients.ts'
import { wholeName } from './options.tsx'
import { personFacts, whyNotWords } from './words.ts'

/** So many rows are drawn at first, and more with every press: thousands at once would make the panel stutter. */
const ROWS = 100

interface RowProps {
  person: PickerPerson
  isIn: boolean
  why: string | undefined
  onToggle: () => void
}

function Row({ person, isIn, why, onToggle }: RowProps) {
  return (
    <li class="unfolded-row">
      <label>
        <input type="checkbox" checked={isIn} onChange={onToggle} />
        <span>
          <span class="private" dir="auto">
            {nameOf(person)}
          </span>
          <small>{why ?? personFacts(person).join(' · ')}</small>
        </span>
      </label>
    </li>
  )
}

/** The people of a whole, each of whom may be unticked. */
export function Unfolded({ recipients, whole }: { recipients: RecipientsModel; whole: ChosenWhole }) {
  const [limit, setLimit] = useState(ROWS)
  const key = chosenKey(whole)
  const people = recipients.members.value.get(key)
  const without = new Set(whole.without)
  const reasons = new Map(recipients.cannot.value.map(({ person, why }) => [person.id, whyNotWords(why)]))
  if (!people) return <p class="unfolded-note">{t('readingPeople')}</p>
  return (
    <div class="unfolded">
      <ul aria-label={wholeName(whole)}>
        {people.slice(0, limit).map((person) => (
          <Row
            key={person.id}
            person={person}
            isIn={!without.has(person.id)}
            why={reasons.get(person.id)}
            onToggle={() => recipients.toggle(key, person.id)}
          />
        ))}
      </ul>
      {people.length > limit && (
        <button type="button" class="button" onClick={() => setLimit(limit + ROWS)}>
          {plural('showMorePeople', people.length - limit)}
        </button>
      )}
    </div>
  )
}
