import { useLayoutEffect, useRef } from 'preact/hooks'
import type { MessageView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { type MenuItem, place } from '../common/menu.tsx'

export interface MessageDeeds {
  onQuote: (words: string) => void
  onCopy: (words: string) => void
  onMove: (messageId: number) => void
  onDelete: (messageId: number) => void
}

export interface Chosen {
  message: MessageView
  button: HTMLElement
}

/** As it stands on the screen. */
function wordsOf({ button }: Chosen): string {
  return button.closest('.message')?.querySelector<HTMLElement>('.message-body')?.innerText ?? ''
}

function itemsOf(chosen: Chosen, deeds: MessageDeeds, canAnswer: boolean): MenuItem[] {
  const { message } = chosen
  const { address } = message
  return [
    ...(canAnswer ? [{ words: t('quote'), onChoose: () => deeds.onQuote(wordsOf(chosen)) }] : []),
    { words: t('copy'), onChoose: () => deeds.onCopy(wordsOf(chosen)) },
    ...(address ? [{ words: t('copyMessageLink'), onChoose: () => deeds.onCopy(address) }] : []),
    ...(message.hasLink ? [] : [{ words: t('moveAsk'), onChoose: () => deeds.onMove(message.id) }]),
    { words: t('deleteAsk'), onChoose: () => deeds.onDelete(message.id) },
  ]
}

interface Props extends MessageDeeds {
  chosen: Chosen | undefined
  canAnswer: boolean
  onClosed: () => void
}

/** One menu for all messages: a screenful of menus would cost more than the messages. */
export function MessageMenu({ chosen, canAnswer, onClosed, ...deeds }: Props) {
  const menu = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!chosen || !menu.current) return
    place(menu.current, chosen.button)
    menu.current.showPopover()
    menu.current.querySelector('button')?.focus()
  }, [chosen])
  return (
    <div
      class="menu"
      popover="auto"
      ref={menu}
      onToggle={(event) => {
        chosen?.button.setAttribute('aria-expanded', String(event.newState === 'open'))
        if (event.newState === 'closed') onClosed()
      }}
    >
      {chosen &&
        itemsOf(chosen, deeds, canAnswer).map(({ words, onChoose }) => (
          <button
            key={words}
            type="button"
            onClick={() => {
              menu.current?.hidePopover()
              onChoose()
            }}
          >
            {words}
          </button>
        ))}
    </div>
  )
}
