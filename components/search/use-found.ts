import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

/** Brings a message that was looked for into sight, and the focus to it, each time it is looked for. */
export function useFound(scroller: RefObject<HTMLElement | null>, found: { id: number } | undefined): void {
  useLayoutEffect(() => {
    const message = found && scroller.current?.querySelector<HTMLElement>(`[data-id="${found.id}"]`)
    if (!message) return
    message.tabIndex = -1
    message.dataset.found = ''
    message.scrollIntoView({ block: 'center' })
    message.focus({ preventScroll: true })
    return () => {
      delete message.dataset.found
    }
  }, [found])
}
