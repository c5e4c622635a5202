import { useId, useRef, useState } from 'preact/hooks'
import type { Recipient } from '../../lib/dialogue/views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { nameOf } from '../common/people.ts'
import { troubleWords } from '../common/trouble-words.ts'

interface Props {
  found: Recipient[] | undefined
  onType: (typed: string) => void
  onPick: (recipient: Recipient) => void
}

function canReach(recipient: Recipient): boolean {
  return recipient.trouble === undefined && recipient.canMessage !== false
}

function whyNot(recipient: Recipient): string {
  if (recipient.trouble) return troubleWords(recipient.trouble)
  return recipient.requiresContact ? t('contactsOnly') : t('troubleRecipientRefuses')
}

function nextIndex(key: string, active: number, last: number): number | undefined {
  if (key === 'ArrowDown') return active >= last ? 0 : active + 1
  if (key === 'ArrowUp') return active <= 0 ? last : active - 1
  return
}

/** The ARIA 1.2 combobox: focus stays in the field, the active option is named. */
export function RecipientBox({ found, onType, onPick }: Props) {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const list = useRef<HTMLUListElement>(null)
  const options = isOpen ? (found ?? []) : []
  const optionId = (index: number) => `${id}-${index}`

  function open(text: string): void {
    setOpen(true)
    setActive(-1)
    onType(text)
  }

  function pick(recipient: Recipient | undefined): void {
    if (!recipient || !canReach(recipient)) return
    setOpen(false)
    onPick(recipient)
  }

  function onKey(event: KeyboardEvent): void {
    const next = nextIndex(event.key, active, options.length - 1)
    if (next !== undefined) {
      event.preventDefault()
      if (!isOpen) open(typed)
      setActive(next)
      list.current?.children[next]?.scrollIntoView?.({ block: 'nearest' })
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault()
      pick(options[active])
    } else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation()
      setOpen(false)
    }
  }

  return (
    <div class="combobox">
      <input
        id={`${id}-field`}
        class="field private"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-label={t('to')}
        aria-autocomplete="list"
        aria-expanded={isOpen && options.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={active >= 0 && options[active] ? optionId(active) : undefined}
        placeholder={t('typeName')}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value)
          open(event.currentTarget.value)
        }}
        onClick={() => open(typed)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      <ul
        id={`${id}-list`}
        class="options"
        role="listbox"
        aria-label={t('peopleHere')}
        ref={list}
        hidden={options.length === 0}
      >
        {options.map((recipient, index) => (
          <li
            key={recipient.id}
            id={optionId(index)}
            class="option"
            role="option"
            aria-selected={index === active}
            aria-disabled={!canReach(recipient)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => pick(recipient)}
          >
            <span class="private" dir="auto">
              {nameOf(recipient)}
            </span>
            {!canReach(recipient) && <span class="option-why">{whyNot(recipient)}</span>}
          </li>
        ))}
      </ul>
      <p class="combobox-status" role="status">
        {isOpen &&
          found !== undefined &&
          (found.length === 0 ? t('nobodyFound') : <Found count={found.length} />)}
      </p>
    </div>
  )
}

function Found({ count }: { count: number }) {
  return <span class="unseen">{plural('peopleFound', count)}</span>
}
