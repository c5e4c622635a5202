import type { Landmark } from './landmarks.ts'

/** What has an action, before anything is known of it. */
export interface Item {
  landmark: Landmark
  item: Element
}

/** One thing of the page that has an action. */
export interface Place extends Item {
  /** The action stands at it. */
  at: Element
  personId?: number
}

function lastOf(item: Element, selector: string): Element | undefined {
  const all = item.querySelectorAll(selector)
  return all[all.length - 1]
}

export function personIn(element: Element | undefined): number | undefined {
  const said =
    element?.getAttribute('data-userid') ??
    /[?&]id=(\d+)/.exec(element?.getAttribute('href') ?? '')?.[1] ??
    undefined
  return said === undefined ? undefined : Number(said)
}

/** The grader says in its address that it hides who somebody is. */
export function isBlind(page: Document, { blind }: Landmark, address: string): boolean {
  return /[?&]blindid=\d/.test(address) || (blind !== undefined && page.querySelector(blind) !== null)
}

export function itemsIn(page: Document, landmarks: readonly Landmark[], address: string): Item[] {
  const open = landmarks.filter((landmark) => !isBlind(page, landmark, address))
  return open.flatMap((landmark) =>
    Array.from(page.querySelectorAll(landmark.item), (item) => ({ landmark, item })),
  )
}

/** Whoever is in those items, found at one go: of some hundred posts, each look costs. */
export function peopleIn(page: Document, items: readonly Item[]): number[] {
  const landmarks = new Set(items.map(({ landmark }) => landmark))
  const ids = [...landmarks].flatMap(({ item, person }) =>
    person === undefined
      ? []
      : Array.from(page.querySelectorAll(`${item} ${person}`), (element) => personIn(element) ?? 0),
  )
  return [...new Set(ids)].filter((id) => id > 0)
}

export function placeOf({ item, landmark }: Item): Place | undefined {
  const own = landmark.own ? item.querySelector(landmark.own) : item
  const at = own && lastOf(own, landmark.at)
  if (!own || !at) return undefined
  if (landmark.person === undefined) return { landmark, item, at }
  const personId = personIn(lastOf(own, landmark.person))
  return personId ? { landmark, item, at, personId } : undefined
}

export function placesIn(page: Document, landmarks: readonly Landmark[], address: string): Place[] {
  return itemsIn(page, landmarks, address).flatMap((item) => placeOf(item) ?? [])
}
