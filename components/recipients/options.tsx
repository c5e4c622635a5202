import type { RefObject } from 'preact'
import type { Recipient } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { nameOf } from '../common/people.ts'
import { troubleWords } from '../common/trouble-words.ts'

export function canReach(recipient: Recipient): boolean {
  return recipient.trouble === undefined && recipient.canMessage !== false
}

function whyNot(recipient: Recipient): string {
  if (recipient.trouble) return troubleWords(recipient.trouble)
  return recipient.requiresContact ? t('contactsOnly') : t('troubleRecipientRefuses')
}

interface Props {
  id: string
  people: Recipient[]
  active: number
  list: RefObject<HTMLDivElement | null>
  onPick: (recipient: Recipient) => void
}

/** The list under the field; focus stays in the field, so a press must not take it. */
export function RecipientOptions({ id, people, active, list, onPick }: Props) {
  return (
    <div
      id={id}
      class="options"
      role="listbox"
      tabIndex={-1}
      aria-label={t('peopleHere')}
      ref={list}
      hidden={people.length === 0}
    >
      {people.map((recipient, index) => (
        <button
          key={recipient.id}
          id={`${id}-${index}`}
          type="button"
          class="option"
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          aria-disabled={!canReach(recipient)}
          onPointerDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(recipient)}
        >
          <span class="private" dir="auto">
            {nameOf(recipient)}
          </span>
          {!canReach(recipient) && <span class="option-why">{whyNot(recipient)}</span>}
        </button>
      ))}
    </div>
  )
}
