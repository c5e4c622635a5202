import { useEffect, useMemo, useRef } from 'preact/hooks'
import { type ChosenWhole, chosenKey } from '../../lib/dialogue/chosen.ts'
import type { PickerPerson } from '../../lib/dialogue/people-views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { Facts } from '../common/facts.tsx'
import { nameOf } from '../common/people.ts'
import type { RecipientsModel } from '../models/recipients.ts'
import { wholeName } from './options.tsx'
import { personFacts, whyNotWords } from './words.ts'

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
  without: ReadonlySet<number>
  reasons: ReadonlyMap<number, string>
  onToggle: (userId: number) => void
}

/** Some rows, which stay as they are unless one of them was ticked or unticked, and cost nothing out of sight. */
function Part({ people, without, reasons, onToggle }: PartProps) {
  const out = without.size === 0 ? [] : people.filter(({ id }) => without.has(id)).map(({ id }) => id)
  const why = reasons.size === 0 ? '' : people.map(({ id }) => reasons.get(id)).join()
  return useMemo(
    () => (
      <ul class="unfolded-part">
        {people.map((person) => (
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
    // What the rows and their reasons are made of.
    [people, out.join(), why],
  )
}

/** Calls `more` when the end of what is drawn comes near. */
function useNear(drawn: number, more: () => void) {
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
  }, [drawn])
  return { frame, end }
}

interface Props {
  recipients: RecipientsModel
  whole: ChosenWhole
}

/** The people of a whole, each of whom may be unticked. */
export function Unfolded({ recipients, whole }: Props) {
  const members = useMemo(() => recipients.members(whole), [])
  const key = chosenKey(whole)
  const without = new Set(whole.without)
  const { cannot } = recipients.view.value
  const reasons = useMemo(
    () => new Map(cannot.map(({ userId, why }) => [userId, whyNotWords(why)])),
    [cannot],
  )
  const parts = members.parts.value
  const { frame, end } = useNear(parts.length, () => void members.readMore())
  useEffect(() => void members.readMore(), [])
  if (members.more.value === undefined) return <p class="unfolded-note">{t('readingPeople')}</p>
  return (
    <section class="unfolded" aria-label={wholeName(whole)} ref={frame}>
      {parts.map((people) => (
        <Part
          key={people[0]?.id}
          people={people}
          without={without}
          reasons={reasons}
          onToggle={(userId) => recipients.toggle(key, userId)}
        />
      ))}
      {members.more.value > 0 && (
        <button type="button" class="button" ref={end} onClick={() => void members.readMore()}>
          {plural('showMorePeople', members.more.value)}
        </button>
      )}
    </section>
  )
}
