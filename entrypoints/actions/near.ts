import type { Place } from './places.ts'

/** So many are drawn at once; of more, those that are on screen, or a screen away from it. */
const AT_ONCE = 40

/** Long pages pay for what is looked at. */
export function createNear(draw: (place: Place) => void) {
  const waiting = new Map<Element, Place>()
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) come(target)
    },
    { rootMargin: '100% 0px' },
  )

  function come(at: Element): void {
    const place = waiting.get(at)
    waiting.delete(at)
    observer.unobserve(at)
    if (place) draw(place)
  }

  return (places: readonly Place[]): void => {
    if (places.length <= AT_ONCE) return places.forEach(draw)
    // What was drawn anew by Moodle is watched anew.
    observer.disconnect()
    waiting.clear()
    for (const place of places) {
      waiting.set(place.at, place)
      observer.observe(place.at)
    }
  }
}
