import type { RefObject } from 'preact'
import { useId, useState } from 'preact/hooks'
import { type Chosen, type ChosenWhole, chosenKey } from '../../lib/dialogue/chosen.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { Icon } from '../common/icon.tsx'
import { IconButton } from '../common/icon-button.tsx'
import { nameOf } from '../common/people.ts'
import type { RecipientsModel } from '../models/recipients.ts'
import { wholeName } from './options.tsx'
import { Unfolded } from './unfolded.tsx'

function nameIn(chosen: Chosen): string {
  return chosen.kind === 'person' ? nameOf(chosen.person) : wholeName(chosen)
}

interface WholeProps {
  recipients: RecipientsModel
  whole: ChosenWhole
  isUnfolded: boolean
  listId: string
  onToggle: () => void
}

function WholeChip({ recipients, whole, isUnfolded, listId, onToggle }: WholeProps) {
  const count = recipients.countOf(whole)
  return (
    <button
      type="button"
      class="pick-unfold"
      tabIndex={-1}
      aria-expanded={isUnfolded}
      aria-controls={listId}
      onClick={onToggle}
    >
      <span class="pick-name" dir="auto">
        {wholeName(whole)}
      </span>
      <span class="pick-count">{count === undefined ? '…' : plural('people', count)}</span>
      <Icon name="down" />
    </button>
  )
}

interface Props {
  recipients: RecipientsModel
  group: RefObject<HTMLUListElement | null>
  /** Forwards out of the last one. */
  onForward: () => void
}

function buttonsIn(list: HTMLElement | null): HTMLButtonElement[] {
  return [...(list?.querySelectorAll<HTMLButtonElement>('button') ?? [])]
}

/** What was chosen: one stop for Tab; arrows move within, Backspace and Delete take out. */
export function Chips({ recipients, group, onForward }: Props) {
  const listId = useId()
  const [unfolded, setUnfolded] = useState<string | undefined>()
  const { chosen } = recipients
  const whole = chosen.value.find((one) => one.kind !== 'person' && chosenKey(one) === unfolded)

  function leave(key: string): void {
    recipients.remove(key)
    if (key === unfolded) setUnfolded(undefined)
    onForward()
  }

  function onKey(event: KeyboardEvent): void {
    const buttons = buttonsIn(group.current)
    const at = buttons.indexOf(event.target as HTMLButtonElement)
    const isRtl = group.current ? getComputedStyle(group.current).direction === 'rtl' : false
    const by = { ArrowLeft: isRtl ? 1 : -1, ArrowRight: isRtl ? -1 : 1 }[event.key]
    const key = (event.target as HTMLElement).closest<HTMLElement>('.pick')?.dataset.key
    if (by !== undefined) {
      event.preventDefault()
      if (at + by >= buttons.length) onForward()
      else buttons[Math.max(0, at + by)]?.focus()
    } else if ((event.key === 'Backspace' || event.key === 'Delete') && key) {
      event.preventDefault()
      leave(key)
    }
  }

  if (chosen.value.length === 0) return null
  return (
    <>
      <ul class="picks" aria-label={t('chosenPeople')} ref={group} onKeyDown={onKey}>
        {chosen.value.map((one, at) => {
          const key = chosenKey(one)
          return (
            <li key={key} class="pick" data-key={key}>
              {one.kind === 'person' ? (
                <span class="pick-name private" dir="auto">
                  {nameOf(one.person)}
                </span>
              ) : (
                <WholeChip
                  recipients={recipients}
                  whole={one}
                  isUnfolded={key === unfolded}
                  listId={listId}
                  onToggle={() => setUnfolded(key === unfolded ? undefined : key)}
                />
              )}
              <IconButton
                icon="close"
                label={t('removePerson', nameIn(one))}
                tabIndex={at === chosen.value.length - 1 ? 0 : -1}
                onClick={() => leave(key)}
              />
            </li>
          )
        })}
      </ul>
      <div id={listId}>
        {whole && whole.kind !== 'person' && (
          <Unfolded key={chosenKey(whole)} recipients={recipients} whole={whole} />
        )}
      </div>
    </>
  )
}
