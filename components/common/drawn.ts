import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'

/**
 * Draws each item once and as long as `how` stays the same: given the very same element again, Preact leaves it alone.
 * A page of older messages then costs its own forty, and not the two thousand below them as well.
 */
export function useDrawn<Item extends object>() {
  const drawn = useRef(new WeakMap<Item, { how: string; element: VNode }>())
  return (item: Item, how: string, draw: () => VNode): VNode => {
    const there = drawn.current.get(item)
    if (there?.how === how) return there.element
    const element = draw()
    drawn.current.set(item, { how, element })
    return element
  }
}
