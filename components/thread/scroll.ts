import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ThreadView } from '../../lib/dialogue/views.ts'
import { refKey } from '../models/ref.ts'

/** Within so many px of the end a person reads along, and new messages keep them there. */
const NEAR_END = 80

interface Held {
  ref: string
  firstId: number | undefined
  lastKey: string
  /** Distance from the end before the last drawing. */
  fromEnd: number
  height: number
}

function lastKeyOf({ messages, entries }: ThreadView): string {
  return entries.at(-1)?.key ?? String(messages.at(-1)?.id)
}

/**
 * Opens at the first unread message, else at the newest; stays with the newest while the person is there;
 * keeps what they look at in place when older messages come in above it.
 */
export function useThreadScroll(view: ThreadView) {
  const scroller = useRef<HTMLDivElement>(null)
  const held = useRef<Held | undefined>(undefined)
  const [isAway, setIsAway] = useState(false)

  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    const before = held.current
    const now = { ref: refKey(view.ref), firstId: view.messages[0]?.id, lastKey: lastKeyOf(view) }
    if (before?.ref !== now.ref) {
      const divider = box.querySelector<HTMLElement>('.divider-new')
      box.scrollTop = divider ? divider.offsetTop - 48 : box.scrollHeight
    } else if (before.firstId !== now.firstId && box.scrollTop < 1) {
      // At the very top browsers anchor nothing; further down they keep the place by themselves.
      box.scrollTop += box.scrollHeight - before.height
    } else if (before.lastKey !== now.lastKey && (before.fromEnd < NEAR_END || view.entries.length > 0)) {
      box.scrollTop = box.scrollHeight
    }
    held.current = { ...now, fromEnd: fromEnd(box), height: box.scrollHeight }
  }, [view])

  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const onScroll = () => {
      const distance = fromEnd(box)
      if (held.current) Object.assign(held.current, { fromEnd: distance, height: box.scrollHeight })
      setIsAway(distance > box.clientHeight)
    }
    const watch = new ResizeObserver(() => {
      if (held.current && held.current.fromEnd < NEAR_END) box.scrollTop = box.scrollHeight
    })
    box.addEventListener('scroll', onScroll, { passive: true })
    watch.observe(box)
    return () => {
      box.removeEventListener('scroll', onScroll)
      watch.disconnect()
    }
  }, [])

  function toEnd(): void {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
    scroller.current?.focus()
  }

  return { scroller, isAway, toEnd }
}

function fromEnd(box: HTMLElement): number {
  return box.scrollHeight - box.scrollTop - box.clientHeight
}
