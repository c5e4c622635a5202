import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import { IconButton } from './icon-button.tsx'

interface Props {
  label: string
  children: ComponentChildren
}

function place(menu: HTMLElement, button: HTMLElement): void {
  const { bottom, left, right } = button.getBoundingClientRect()
  const isRtl = getComputedStyle(button).direction === 'rtl'
  menu.style.insetBlockStart = `${bottom + 4}px`
  menu.style.insetInlineEnd = `${isRtl ? left : document.documentElement.clientWidth - right}px`
}

/** A popover: the browser closes it on Escape and outside clicks and gives the focus back. */
export function Menu({ label, children }: Props) {
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLSpanElement>(null)
  return (
    <span class="menu-anchor" ref={button}>
      <IconButton icon="more" label={label} popovertarget={id} />
      <div
        id={id}
        class="menu"
        popover="auto"
        ref={menu}
        onBeforeToggle={() => menu.current && button.current && place(menu.current, button.current)}
        onClick={() => menu.current?.hidePopover()}
      >
        {children}
      </div>
    </span>
  )
}
