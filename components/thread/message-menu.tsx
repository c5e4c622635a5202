import { useLayoutEffect } from 'preact/hooks'
import type { MessageView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { type MenuItem, useMenu } from '../common/menu.tsx'

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
  const menu = useMenu(
    () => chosen?.button,
    (isOpen) => {
      chosen?.button.setAttribute('aria-expanded', String(isOpen))
    },
  )
  useLayoutEffect(() => {
    if (!chosen || !menu.ref.current) return
    menu.ref.current.showPopover()
    menu.ref.current.querySelector('button')?.focus()
  }, [chosen])
  return (
    <div
      class="menu"
      popover="auto"
      {...menu}
      onToggle={(event) => {
        menu.onToggle(event)
        if (event.newState === 'closed') onClosed()
      }}
    >
      {chosen &&
        itemsOf(chosen, deeds, canAnswer).map(({ words, onChoose }) => (
          <button
            key={words}
            type="button"
            onClick={() => {
              menu.ref.current?.hidePopover()
              // What comes now gives the focus back to where it was.
              chosen.button.focus()
              onChoose()
            }}
          >
            <bdi>{words}</bdi>
          </button>
        ))}
    </div>
  )
}
