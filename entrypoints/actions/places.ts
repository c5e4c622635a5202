import { GRADER, type Landmark } from './landmarks.ts'

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
  /** Where the page says who it is. */
  said?: Element
}

function lastOf(item: Element, selector: string): Element | undefined {
  const all = item.querySelectorAll(selector)
  return all[all.length - 1]
}

/** `?id=7` or `7`, as links and buttons have it. */
const ID = /(?:^|[?&]id=)(\d+)/

const wordOf = (element: Element): string =>
  element.getAttribute('data-userid') ?? element.getAttribute('href') ?? ''

function idIn(word: string): number | undefined {
  const said = ID.exec(word)?.[1]
  return said === undefined ? undefined : Number(said)
}

export function personIn(element: Element | undefined): number | undefined {
  return element && idIn(wordOf(element))
}

/** The grader says in its address that it hides who somebody is. */
export function isBlind(page: Document, { blind }: Landmark, address: string): boolean {
  return /[?&]blindid=\d/.test(address) || (blind !== undefined && page.querySelector(blind) !== null)
}

/** Of an assignment's grader, whether or not it says who it is about. */
export function assignmentIn(page: Document): number | undefined {
  const info = page.querySelector(GRADER.drawn)?.closest('[data-assignmentid]')
  return Number(info?.getAttribute('data-assignmentid')) || undefined
}

export interface Seen {
  items: Item[]
  personIds: number[]
}

/**
 * What has an action, and whoever is in it, each read once. One walk over the page for each landmark, and of those that
 * show people no further than `most`: of some hundred posts, every look costs.
 */
export function seenIn(
  page: Document,
  landmarks: readonly Landmark[],
  address: string,
  most = Number.POSITIVE_INFINITY,
): Seen {
  const items: Item[] = []
  const words = new Set<string>()
  for (const landmark of landmarks) {
    if (isBlind(page, landmark, address)) continue
    const { item, person } = landmark
    const end = person === undefined ? Number.POSITIVE_INFINITY : items.length + most
    for (const element of page.querySelectorAll(person === undefined ? item : `${item}, ${item} ${person}`)) {
      if (!element.matches(item)) words.add(wordOf(element))
      else if (items.length < end) items.push({ landmark, item: element })
      else break
    }
  }
  return { items, personIds: [...words].flatMap((word) => idIn(word) || []) }
}

export function placeOf({ item, landmark }: Item): Place | undefined {
  const own = landmark.own ? item.querySelector(landmark.own) : item
  const at = own && lastOf(own, landmark.at)
  if (!own || !at) return undefined
  if (landmark.person === undefined) return { landmark, item, at }
  const said = lastOf(own, landmark.person)
  const personId = personIn(said)
  return said && personId ? { landmark, item, at, personId, said } : undefined
}

export function placesIn(page: Document, landmarks: readonly Landmark[], address: string): Place[] {
  return seenIn(page, landmarks, address).items.flatMap((item) => placeOf(item) ?? [])
}
