import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import { giveBack, rootOf } from '../common/focus.ts'
import { IconButton } from '../common/icon-button.tsx'

interface Props {
  title: string
  /** Names and words are hidden from a projector. */
  isPrivate?: boolean
  onClose: () => void
  children: ComponentChildren
}

/** Over the list or the dialogue, and not over the page: it is not modal. Escape puts it away. */
export function Sheet({ title, isPrivate = false, onClose, children }: Props) {
  const id = useId()
  const sheet = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const root = rootOf(sheet.current)
    const before = root?.activeElement ?? null
    const first = sheet.current?.querySelector<HTMLElement>(
      '[data-first], input, textarea, .sheet-body button',
    )
    ;(first ?? sheet.current)?.focus()
    return () => giveBack(before, root)
  }, [])
  return (
    <dialog
      open
      class="sheet"
      aria-labelledby={id}
      tabIndex={-1}
      ref={sheet}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      <header class="sheet-head">
        <h3 id={id} class={isPrivate ? 'sheet-title private' : 'sheet-title'} dir="auto">
          {title}
        </h3>
        <IconButton icon="close" label={t('close')} onClick={onClose} />
      </header>
      <div class="sheet-body">{children}</div>
    </dialog>
  )
}
