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

/** No more than `most` of those that show people: the rest is not even touched. */
export function itemsIn(
  page: Document,
  landmarks: readonly Landmark[],
  address: string,
  most = Number.POSITIVE_INFINITY,
): Item[] {
  const open = landmarks.filter((landmark) => !isBlind(page, landmark, address))
  return open.flatMap((landmark) => {
    const found: Item[] = []
    const limit = landmark.person === undefined ? Number.POSITIVE_INFINITY : most
    for (const item of page.querySelectorAll(landmark.item)) {
      if (found.length >= limit) break
      found.push({ landmark, item })
    }
    return found
  })
}

/** `DOCUMENT_POSITION_FOLLOWING`, and not within. */
const BEHIND = 4

/** The words that name the people of one kind of item, down to the last of these. */
function* wordsDownTo(page: Document, { item: last, landmark: { item, person } }: Item): Generator<string> {
  if (person === undefined) return
  for (const element of page.querySelectorAll(`${item} ${person}`)) {
    if (last.compareDocumentPosition(element) === BEHIND) return
    yield wordOf(element)
  }
}

/** Whoever is in those items, found at one go and each read once: of some hundred posts, every look costs. */
export function peopleIn(page: Document, items: readonly Item[]): number[] {
  const last = new Map(items.map((item) => [item.landmark, item]))
  const words = new Set([...last.values()].flatMap((item) => [...wordsDownTo(page, item)]))
  const ids = new Set(Array.from(words, (word) => idIn(word) ?? 0))
  return [...ids].filter((id) => id > 0)
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
  return itemsIn(page, landmarks, address).flatMap((item) => placeOf(item) ?? [])
}
