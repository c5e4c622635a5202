import type { Item } from './places.ts'

/** So many are drawn at once; of more, those that are on screen, or nearly so. */
export const AT_ONCE = 40

/**
 * Long pages pay for what is looked at; what was met before is not watched anew. `more` is called when what it was
 * given first is not all that can be on screen.
 */
export function createNear(draw: (item: Item) => void, more: () => void) {
  const waiting = new WeakMap<Element, Item>()
  const met = new WeakSet<Element>()
  let last: Element | undefined
  const observer = new IntersectionObserver(
    (entries) => {
      const near = entries.filter(({ isIntersecting }) => isIntersecting)
      for (const { target } of near) come(target)
      if (near.length === 0 || near.some(({ target }) => target === last)) more()
    },
    { rootMargin: '25% 0px' },
  )

  function come(element: Element): void {
    const item = waiting.get(element)
    if (!item) return
    waiting.delete(element)
    observer.unobserve(element)
    meet(item)
  }

  function meet(item: Item): void {
    met.add(item.item)
    draw(item)
  }

  function wait(item: Item): void {
    waiting.set(item.item, item)
    observer.observe(item.item)
  }

  return (items: readonly Item[]): void => {
    const isShort = items.length <= AT_ONCE
    last = items.at(-1)?.item
    for (const item of items) {
      if (isShort || met.has(item.item)) meet(item)
      else if (!waiting.has(item.item)) wait(item)
    }
  }
}
