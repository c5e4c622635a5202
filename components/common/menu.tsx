import { useId, useRef } from 'preact/hooks'
import { hasFocus, isLost } from './focus.ts'
import { IconButton } from './icon-button.tsx'

export interface MenuItem {
  words: string
  onChoose: () => void
}

/** Below its button, at its end. */
function place(menu: HTMLElement, button: HTMLElement): void {
  const { bottom, left, right } = button.getBoundingClientRect()
  const isRtl = getComputedStyle(button).direction === 'rtl'
  menu.style.insetBlockStart = `${bottom + 4}px`
  menu.style.insetInlineEnd = `${isRtl ? left : document.documentElement.clientWidth - right}px`
}

type Anchor = () => HTMLElement | null | undefined

/**
 * A popover: the browser closes it on Escape and outside presses. It opens at `anchor`, with the focus in it; when it
 * closes, a focus that was in it and went nowhere else is where it came from.
 */
export function useMenu(anchor: Anchor, onOpen: (isOpen: boolean) => void = () => {}) {
  const menu = useRef<HTMLDivElement>(null)
  const wasInside = useRef(false)
  return {
    ref: menu,
    onBeforeToggle({ newState }: { newState: string }): void {
      const at = anchor()
      if (newState === 'open' && menu.current && at) place(menu.current, at)
      wasInside.current = hasFocus(menu.current)
    },
    onToggle({ newState }: { newState: string }): void {
      const isOpen = newState === 'open'
      onOpen(isOpen)
      if (isOpen) menu.current?.querySelector('button')?.focus()
      else if (wasInside.current && (isLost(menu.current) || hasFocus(menu.current))) anchor()?.focus()
    },
  }
}

export function Menu({ label, items }: { label: string; items: MenuItem[] }) {
  const id = useId()
  const anchor = useRef<HTMLSpanElement>(null)
  const menu = useMenu(() => anchor.current?.querySelector('button'))
  return (
    <span class="menu-anchor" ref={anchor}>
      <IconButton icon="more" label={label} popovertarget={id} />
      <div id={id} class="menu" popover="auto" {...menu}>
        {items.map(({ words, onChoose }) => (
          <button key={words} type="button" popovertarget={id} popovertargetaction="hide" onClick={onChoose}>
            <bdi>{words}</bdi>
          </button>
        ))}
      </div>
    </span>
  )
}
