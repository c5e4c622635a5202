import { GRADER, type Landmark } from './landmarks.ts'

/** What has an action, before anything is known of it. */
export interface Item {
  landmark: Landmark
  item: Element
  /** What of it is its own, and where that says who it is: as they were found, if still there. */
  own?: Element
  said?: Element
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

/** `?id=7` or `7`, as links and buttons have it. */
const ID = /(?:^|[?&]id=)(\d+)/

export function personIn(element: Element | undefined): number | undefined {
  const said =
    element && ID.exec(element.getAttribute('data-userid') ?? element.getAttribute('href') ?? '')?.[1]
  return said === undefined ? undefined : Number(said)
}

function ownOf({ item, landmark: { own } }: Item): Element | undefined {
  return own === undefined ? item : (item.querySelector(own) ?? undefined)
}

function found(landmark: Landmark, item: Element): Item {
  if (landmark.person === undefined) return { landmark, item }
  const own = ownOf({ landmark, item })
  const said = own && lastOf(own, landmark.person)
  return said ? { landmark, item, own, said } : { landmark, item }
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
  /** There are more. */
  isCut: boolean
}

/** So many are looked at all at once; of more, where people are shown, the first `most`: each look costs. */
export const AT_ONCE = 40

/** What has an action, and whoever is in it. */
export function seenIn(
  page: Document,
  landmarks: readonly Landmark[],
  address: string,
  most = Number.POSITIVE_INFINITY,
): Seen {
  const items: Item[] = []
  let isCut = false
  for (const landmark of landmarks) {
    if (isBlind(page, landmark, address)) continue
    const all = page.querySelectorAll(landmark.item)
    const isLong = landmark.person !== undefined && all.length > Math.min(AT_ONCE, most)
    const end = isLong ? Math.min(all.length, most) : all.length
    for (let at = 0; at < end; at++) items.push(found(landmark, all[at] as Element))
    if (end < all.length) isCut = true
  }
  const personIds = new Set(items.flatMap(({ said }) => personIn(said) ?? []))
  return { items, personIds: [...personIds], isCut }
}

export function placeOf(item: Item): Place | undefined {
  const { landmark } = item
  const isThere = item.own?.isConnected && item.said?.isConnected
  const now = isThere ? item : found(landmark, item.item)
  const own = now.own ?? ownOf(item)
  const at = own && lastOf(own, landmark.at)
  if (!at) return undefined
  if (landmark.person === undefined) return { ...now, at }
  const personId = personIn(now.said)
  return personId ? { ...now, at, personId } : undefined
}

export function placesIn(page: Document, landmarks: readonly Landmark[], address: string): Place[] {
  return seenIn(page, landmarks, address).items.flatMap((item) => placeOf(item) ?? [])
}
