import { useId, useRef } from 'preact/hooks'
import { IconButton } from './icon-button.tsx'

export interface MenuItem {
  words: string
  onChoose: () => void
}

/** Below its button, at its end. */
export function place(menu: HTMLElement, button: HTMLElement): void {
  const { bottom, left, right } = button.getBoundingClientRect()
  const isRtl = getComputedStyle(button).direction === 'rtl'
  menu.style.insetBlockStart = `${bottom + 4}px`
  menu.style.insetInlineEnd = `${isRtl ? left : document.documentElement.clientWidth - right}px`
}

/** A popover: the browser closes it on Escape and outside presses and gives the focus back. */
export function Menu({ label, items }: { label: string; items: MenuItem[] }) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const anchor = useRef<HTMLSpanElement>(null)
  return (
    <span class="menu-anchor" ref={anchor}>
      <IconButton icon="more" label={label} popovertarget={id} />
      <div
        id={id}
        class="menu"
        popover="auto"
        ref={menu}
        onBeforeToggle={() => menu.current && anchor.current && place(menu.current, anchor.current)}
      >
        {items.map(({ words, onChoose }) => (
          <button key={words} type="button" popovertarget={id} popovertargetaction="hide" onClick={onChoose}>
            {words}
          </button>
        ))}
      </div>
    </span>
  )
}
