import type { Landmark } from './landmarks.ts'

/** One thing of the page that has an action. */
export interface Place {
  landmark: Landmark
  item: Element
  /** The action stands at it. */
  at: Element
  personId?: number
}

function lastOf(item: Element, selector: string): Element | undefined {
  return [...item.querySelectorAll(selector)].at(-1)
}

export function personIn(element: Element | undefined): number | undefined {
  const said =
    element?.getAttribute('data-userid') ??
    /[?&]id=(\d+)/.exec(element?.getAttribute('href') ?? '')?.[1] ??
    undefined
  return said === undefined ? undefined : Number(said)
}

function placeAt(item: Element, landmark: Landmark): Place | undefined {
  const own = landmark.own ? item.querySelector(landmark.own) : item
  const at = own && lastOf(own, landmark.at)
  if (!own || !at) return undefined
  if (landmark.person === undefined) return { landmark, item, at }
  const personId = personIn(lastOf(own, landmark.person))
  return personId ? { landmark, item, at, personId } : undefined
}

/** The grader says in its address that it hides who somebody is. */
export function isBlind(page: Document, { blind }: Landmark, address: string): boolean {
  return /[?&]blindid=\d/.test(address) || (blind !== undefined && page.querySelector(blind) !== null)
}

export function placesIn(page: Document, landmarks: readonly Landmark[], address: string): Place[] {
  const open = landmarks.filter((landmark) => !isBlind(page, landmark, address))
  return open.flatMap((landmark) =>
    [...page.querySelectorAll(landmark.item)].flatMap((item) => placeAt(item, landmark) ?? []),
  )
}
