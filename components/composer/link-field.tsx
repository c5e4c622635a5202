import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import { addressOf } from './mark.ts'

interface Props {
  field: RefObject<HTMLTextAreaElement | null>
  onLink: (url: string) => void
  onDone: () => void
}

/** Asks for the address that the selected words shall lead to. */
export function LinkField({ field, onLink, onDone }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const url = addressOf(typed)
  useEffect(() => input.current?.focus(), [])

  function close(): void {
    onDone()
    field.current?.focus()
  }

  function add(): void {
    if (url !== undefined) onLink(url)
    close()
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') close()
    else if (url !== undefined) add()
  }

  return (
    <div class="link-field">
      <input
        ref={input}
        class="field"
        type="url"
        inputMode="url"
        aria-label={t('linkAddress')}
        placeholder={t('linkAddress')}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKey}
      />
      <button type="button" class="button" disabled={url === undefined} onClick={add}>
        {t('addLink')}
      </button>
    </div>
  )
}
