import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { type ChosenWhole, chosenKey } from '../../lib/dialogue/chosen.ts'
import type { PickerPerson } from '../../lib/dialogue/people-views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { Facts } from '../common/facts.tsx'
import { nameOf } from '../common/people.ts'
import type { RecipientsModel } from '../models/recipients.ts'
import { wholeName } from './options.tsx'
import { personFacts, whyNotWords } from './words.ts'

/** So many rows are drawn at first, and more as one comes near their end: thousands at once would make the panel stutter. */
const ROWS = 40

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
          <small>{why ?? <Facts facts={personFacts(person)} />}</small>
        </span>
      </label>
    </li>
  )
}

interface PartProps {
  people: PickerPerson[]
  from: number
  without: ReadonlySet<number>
  reasons: ReadonlyMap<number, string>
  onToggle: (userId: number) => void
}

/** Some rows, which stay as they are unless one of them was ticked or unticked, and cost nothing out of sight. */
function Part({ people, from, without, reasons, onToggle }: PartProps) {
  const part = people.slice(from, from + ROWS)
  const out = part.filter(({ id }) => without.has(id)).map(({ id }) => id)
  return useMemo(
    () => (
      <ul class="unfolded-part">
        {part.map((person) => (
          <Row
            key={person.id}
            person={person}
            isIn={!out.includes(person.id)}
            why={reasons.get(person.id)}
            onToggle={() => onToggle(person.id)}
          />
        ))}
      </ul>
    ),
    // What `part`, `out` and their reasons are made of.
    [people, out.join(), part.map(({ id }) => reasons.get(id)).join()],
  )
}

/** Calls `more` when the end of what is drawn comes near. */
function useNear(limit: number, more: () => void) {
  const frame = useRef<HTMLElement>(null)
  const end = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!end.current) return
    const near = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) more()
      },
      { root: frame.current, rootMargin: '0px 0px 600px' },
    )
    near.observe(end.current)
    return () => near.disconnect()
  }, [limit])
  return { frame, end }
}

interface Props {
  recipients: RecipientsModel
  whole: ChosenWhole
}

/** The people of a whole, each of whom may be unticked. */
export function Unfolded({ recipients, whole }: Props) {
  const people = recipients.members.value.get(chosenKey(whole))
  if (!people) return <p class="unfolded-note">{t('readingPeople')}</p>
  return <People recipients={recipients} whole={whole} people={people} />
}

function People({ recipients, whole, people }: Props & { people: PickerPerson[] }) {
  const [limit, setLimit] = useState(ROWS)
  const key = chosenKey(whole)
  const without = new Set(whole.without)
  const cannot = recipients.cannot.value
  const reasons = useMemo(
    () => new Map(cannot.map(({ person, why }) => [person.id, whyNotWords(why)])),
    [cannot],
  )
  const { frame, end } = useNear(limit, () => setLimit(limit + ROWS))
  const parts = Array.from({ length: Math.ceil(Math.min(limit, people.length) / ROWS) }, (_, n) => n * ROWS)
  return (
    <section class="unfolded" aria-label={wholeName(whole)} ref={frame}>
      {parts.map((from) => (
        <Part
          key={from}
          people={people}
          from={from}
          without={without}
          reasons={reasons}
          onToggle={(userId) => recipients.toggle(key, userId)}
        />
      ))}
      {people.length > limit && (
        <button type="button" class="button" ref={end} onClick={() => setLimit(limit + ROWS)}>
          {plural('showMorePeople', people.length - limit)}
        </button>
      )}
    </section>
  )
}
