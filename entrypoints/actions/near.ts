import type { Item } from './places.ts'

/** So many are drawn at once; of more, those that are on screen, or nearly so. */
const AT_ONCE = 40

/** Long pages pay for what is looked at. */
export function createNear(draw: (item: Item) => void) {
  const waiting = new Map<Element, Item>()
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) come(target)
    },
    { rootMargin: '25% 0px' },
  )

  function come(element: Element): void {
    const item = waiting.get(element)
    waiting.delete(element)
    observer.unobserve(element)
    if (item) draw(item)
  }

  return (items: readonly Item[]): void => {
    // What Moodle drew anew is watched anew.
    observer.disconnect()
    waiting.clear()
    for (const item of items) {
      if (items.length <= AT_ONCE) draw(item)
      else {
        waiting.set(item.item, item)
        observer.observe(item.item)
      }
    }
  }
}
