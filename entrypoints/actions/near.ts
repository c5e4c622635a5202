import { AT_ONCE, type Item, type Seen } from './places.ts'
import { whenIdle } from './watch.ts'

/**
 * Long pages pay for what is looked at; what was met before is not watched anew. `more` is called when what it was
 * given first is not all that can be on screen.
 */
export function createNear(draw: (item: Item) => void, more: () => void) {
  const waiting = new WeakMap<Element, Item>()
  const met = new WeakSet<Element>()
  let last: Element | undefined
  let watching: IntersectionObserver | undefined

  function comeNear(entries: readonly IntersectionObserverEntry[]): void {
    const near = entries.filter(({ isIntersecting }) => isIntersecting)
    for (const { target } of near) come(target)
    if (near.length === 0 || near.some(({ target }) => target === last)) more()
  }

  function come(element: Element): void {
    const item = waiting.get(element)
    if (!item) return
    waiting.delete(element)
    watching?.unobserve(element)
    meet(item)
  }

  function meet(item: Item): void {
    met.add(item.item)
    draw(item)
  }

  function wait(item: Item): void {
    watching ??= new IntersectionObserver(comeNear, { rootMargin: '25% 0px' })
    waiting.set(item.item, item)
    watching.observe(item.item)
  }

  function watch(items: readonly Item[]): void {
    last = items.at(-1)?.item
    for (const item of items) {
      if (met.has(item.item)) meet(item)
      else if (!waiting.has(item.item)) wait(item)
    }
  }

  return ({ items, isCut }: Seen): void => {
    if (isCut || items.length > AT_ONCE) watch(items)
    // What was drawn anew meanwhile is looked at again by itself.
    else whenIdle(() => items.forEach(meet))
  }
}
