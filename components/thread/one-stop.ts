import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'

const MORE = '.message-more'
const NEWEST = `.message-block:last-of-type > .message:last-of-type ${MORE}`

function neighbour(stops: HTMLElement[], at: HTMLElement, key: string): HTMLElement | undefined {
  const index = stops.indexOf(at)
  switch (key) {
    case 'ArrowUp':
      return stops[index - 1]
    case 'ArrowDown':
      return stops[index + 1]
    case 'Home':
      return stops[0]
    case 'End':
      return stops.at(-1)
  }
  return undefined
}

/**
 * Of all the messages' buttons Tab stops at one, which is the newest message's at first; arrows, Home and End go on to
 * the others. Two thousand stops lie in nobody's way to the composer.
 */
export function useOneStop(scroller: RefObject<HTMLElement | null>) {
  const stop = useRef<HTMLElement | undefined>(undefined)
  const isChosen = useRef(false)

  function setStop(next: HTMLElement | undefined): void {
    if (stop.current) stop.current.tabIndex = -1
    if (next) next.tabIndex = 0
    stop.current = next
  }

  useLayoutEffect(() => {
    if (isChosen.current && stop.current?.isConnected) return
    const newest = scroller.current?.querySelector<HTMLElement>(NEWEST)
    setStop(newest ?? undefined)
    isChosen.current = false
  })

  return {
    onKeyDown(event: KeyboardEvent): void {
      const { target } = event
      if (!(target instanceof HTMLElement) || !target.matches(MORE)) return
      const stops = [...(scroller.current?.querySelectorAll<HTMLElement>(MORE) ?? [])]
      const next = neighbour(stops, target, event.key)
      if (!next) return
      event.preventDefault()
      next.focus()
    },
    onFocusIn({ target }: FocusEvent): void {
      if (!(target instanceof HTMLElement) || !target.matches(MORE)) return
      isChosen.current = true
      setStop(target)
    },
  }
}
