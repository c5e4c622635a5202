import { useId, useRef, useState } from 'preact/hooks'
import { plural, t } from '../../lib/extension/text.ts'
import { canChoose, type Option, RecipientOptions } from './options.tsx'

interface Props {
  options: Option[]
  /** People besides those listed. */
  more: number
  /** Said while there is nobody to show, and why. */
  status: string | undefined
  describedBy: string
  onType: (typed: string) => void
  onPick: (option: Option) => void
  /** Backwards out of the empty field, to what was chosen. */
  onBack: () => void
}

function nextIndex(key: string, active: number, last: number): number | undefined {
  if (key === 'ArrowDown') return active >= last ? 0 : active + 1
  if (key === 'ArrowUp') return active <= 0 ? last : active - 1
  return
}

/** The ARIA 1.2 combobox: focus stays in the field, the active option is named. */
export function RecipientBox({ options, more, status, describedBy, onType, onPick, onBack }: Props) {
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const list = useRef<HTMLDivElement>(null)
  const shown = isOpen ? options : []

  function open(text: string): void {
    setTyped(text)
    setOpen(true)
    setActive(-1)
    onType(text)
  }

  /** Ready for the next name. */
  function pick(option: Option | undefined): void {
    if (!option || !canChoose(option)) return
    setTyped('')
    setOpen(false)
    setActive(-1)
    onPick(option)
  }

  function move(next: number): void {
    if (!isOpen) open(typed)
    setActive(next)
    list.current?.children[next]?.scrollIntoView?.({ block: 'nearest' })
  }

  function isBack(event: KeyboardEvent): boolean {
    return typed === '' && (event.key === 'Backspace' || event.key === 'ArrowLeft')
  }

  function onKey(event: KeyboardEvent): void {
    if (event.isComposing) return
    if (isBack(event)) return onBack()
    const next = nextIndex(event.key, active, shown.length - 1)
    const isOurs = next !== undefined || (isOpen && (event.key === 'Enter' || event.key === 'Escape'))
    if (!isOurs) return
    event.preventDefault()
    if (next !== undefined) move(next)
    else if (event.key === 'Enter') pick(shown[active])
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
        aria-expanded={shown.length > 0}
        aria-controls={listId}
        aria-describedby={describedBy}
        aria-activedescendant={shown[active] ? `${listId}-${active}` : undefined}
        placeholder={t('typeName')}
        value={typed}
        onInput={(event) => open(event.currentTarget.value)}
        onClick={() => open(typed)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      <RecipientOptions id={listId} options={shown} active={active} list={list} onPick={pick}>
        {more > 0 && <p class="options-more">{plural('morePeople', more)}</p>}
      </RecipientOptions>
      <p class="combobox-status" role="status">
        {isOpen && (status ?? <span class="unseen">{plural('peopleFound', shown.length + more)}</span>)}
      </p>
    </div>
  )
}
