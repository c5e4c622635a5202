import { useId, useRef, useState } from 'preact/hooks'
import type { Recipient } from '../../lib/dialogue/views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { canReach, RecipientOptions } from './options.tsx'

interface Props {
  found: Recipient[] | undefined
  onType: (typed: string) => void
  onPick: (recipient: Recipient) => void
}

function nextIndex(key: string, active: number, last: number): number | undefined {
  if (key === 'ArrowDown') return active >= last ? 0 : active + 1
  if (key === 'ArrowUp') return active <= 0 ? last : active - 1
  return
}

/** The ARIA 1.2 combobox: focus stays in the field, the active option is named. */
export function RecipientBox({ found, onType, onPick }: Props) {
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const list = useRef<HTMLDivElement>(null)
  const people = isOpen ? (found ?? []) : []

  function open(text: string): void {
    setTyped(text)
    setOpen(true)
    setActive(-1)
    onType(text)
  }

  function pick(recipient: Recipient | undefined): void {
    if (!recipient || !canReach(recipient)) return
    setOpen(false)
    onPick(recipient)
  }

  function move(next: number): void {
    if (!isOpen) open(typed)
    setActive(next)
    list.current?.children[next]?.scrollIntoView?.({ block: 'nearest' })
  }

  function onKey(event: KeyboardEvent): void {
    const next = nextIndex(event.key, active, people.length - 1)
    const isOurs = next !== undefined || (isOpen && (event.key === 'Enter' || event.key === 'Escape'))
    if (!isOurs) return
    event.preventDefault()
    if (next !== undefined) move(next)
    else if (event.key === 'Enter') pick(people[active])
    else setOpen(false)
  }

  return (
    <div class="combobox">
      <input
        class="field private"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck={false}
        aria-label={t('to')}
        aria-autocomplete="list"
        aria-expanded={people.length > 0}
        aria-controls={listId}
        aria-activedescendant={people[active] ? `${listId}-${active}` : undefined}
        placeholder={t('typeName')}
        value={typed}
        onInput={(event) => open(event.currentTarget.value)}
        onClick={() => open(typed)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      <RecipientOptions id={listId} people={people} active={active} list={list} onPick={pick} />
      <Status found={isOpen ? found : undefined} />
    </div>
  )
}

function Status({ found }: Pick<Props, 'found'>) {
  return (
    <p class="combobox-status" role="status">
      {found?.length === 0 && t('nobodyFound')}
      {found && found.length > 0 && <span class="unseen">{plural('peopleFound', found.length)}</span>}
    </p>
  )
}
