import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import type { Settings } from '../../lib/extension/settings.ts'

interface Props {
  field: RefObject<HTMLTextAreaElement | null>
  text: string
  isLocked: boolean
  label: string
  describedBy: string
  /** Of a list beside the field, the one that is meant. */
  activeId: string | undefined
  sendWith: Settings['sendWith']
  onText: (text: string) => void
  onLeave: () => void
  onSend: () => void
  onFiles: () => void
}

/** Enter while an input method composes chooses a word and must not send. */
function isSendKey(event: KeyboardEvent, sendWith: Settings['sendWith']): boolean {
  if (event.key !== 'Enter' || event.isComposing) return false
  const withModifier = event.ctrlKey || event.metaKey
  return withModifier || (sendWith === 'enter' && !event.shiftKey && !event.altKey)
}

function hasFiles(transfer: DataTransfer | null): boolean {
  return (transfer?.files.length ?? 0) > 0 || (transfer?.types.includes('Files') ?? false)
}

/** Where the style sheet makes the field as high as its text, nothing is measured. */
const growsByItself = () => globalThis.CSS?.supports?.('field-sizing', 'content') ?? false

/** A text field that grows with its text; the style sheet says how far. */
export function Editor({ field, text, isLocked, label, describedBy, activeId, sendWith, ...on }: Props) {
  useLayoutEffect(() => {
    const area = field.current
    if (!area || growsByItself()) return
    area.style.blockSize = 'auto'
    area.style.blockSize = `${area.scrollHeight + 2}px`
  }, [text])

  return (
    <textarea
      ref={field}
      class="editor private"
      rows={2}
      dir="auto"
      value={text}
      readOnly={isLocked}
      placeholder={label}
      aria-label={label}
      aria-describedby={describedBy}
      aria-activedescendant={activeId}
      aria-keyshortcuts={sendWith === 'enter' ? 'Enter' : 'Control+Enter Meta+Enter'}
      onInput={(event) => on.onText(event.currentTarget.value)}
      onBlur={on.onLeave}
      onKeyDown={(event) => {
        if (!isSendKey(event, sendWith)) return
        event.preventDefault()
        on.onSend()
      }}
      onDragOver={(event) => {
        if (hasFiles(event.dataTransfer)) event.preventDefault()
      }}
      onDrop={(event) => {
        if (!hasFiles(event.dataTransfer)) return
        event.preventDefault()
        on.onFiles()
      }}
      onPaste={(event) => {
        if (!hasFiles(event.clipboardData) || event.clipboardData?.getData('text/plain')) return
        event.preventDefault()
        on.onFiles()
      }}
    />
  )
}
