import { useState } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'

interface Props {
  words: string
  /** Said on the button that really does it. */
  sure: string
  onConfirm: () => void
  class?: string
}

/** What destroys asks once more, in the same place. */
export function ConfirmButton({ words, sure, onConfirm, class: className = 'text-button' }: Props) {
  const [isAsking, setAsking] = useState(false)
  if (!isAsking) {
    return (
      <button type="button" class={className} onClick={() => setAsking(true)}>
        {words}
      </button>
    )
  }
  return (
    <span class="confirm">
      <button type="button" class={`${className} danger`} onClick={onConfirm}>
        {sure}
      </button>
      <button
        type="button"
        class={className}
        onClick={() => setAsking(false)}
        ref={(button) => {
          button?.focus()
        }}
      >
        {t('keep')}
      </button>
    </span>
  )
}
