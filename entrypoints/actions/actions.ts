import { wwwrootOfPage } from '../../components/panel/page-place.ts'
import type { Participant } from '../../lib/dialogue/participant.ts'
import type { NewDialogueSeed } from '../../lib/dialogue/seed.ts'
import type { Scope } from '../../lib/dialogue/views.ts'
import { type ActionLook, drawAction } from './button.ts'
import { type Counts, createCounts } from './counts.ts'
import { type Landmark, landmarksOf } from './landmarks.ts'
import { createNear } from './near.ts'
import { createPeople, type PeopleOfPage } from './people.ts'
import { assignmentIn, type Item, type Place, personIn, placeOf, placesIn, seenIn } from './places.ts'
import { nameOfActivity, seedAt, seedForTicked } from './seeds.ts'
import { drawForTicked, tickedPeople } from './ticked.ts'
import { watch } from './watch.ts'
import { lookFor, lookForActivity } from './words.ts'

/** What the panel is asked to show. */
export interface Wanted {
  seed?: NewDialogueSeed
  scope?: Scope
}

interface Drawn {
  host: HTMLElement
  place: Place
}

/** Moodle may have drawn the item's inside anew, or about somebody else. */
function isStill({ host, place: { said, personId } }: Drawn): boolean {
  return host.isConnected && (!said || (said.isConnected && personIn(said) === personId))
}

/** Whom a page is about as a whole. */
const ALONE = new Set<Landmark['kind']>(['grader', 'profile', 'grades'])

interface Meant {
  look: ActionLook
  to(): Participant[] | Promise<Participant[]>
  /** The pointer is there. */
  near?(): void
}

function meantBy({ landmark, personId, item }: Place, people: PeopleOfPage): Meant | undefined {
  if (landmark.kind === 'activity') {
    const name = nameOfActivity(item)
    const isAsking = people.known.isTeacher === false
    return name === undefined
      ? undefined
      : { look: lookForActivity(name, isAsking), to: people.teachers, near: () => void people.teachers() }
  }
  const person = personId === undefined ? undefined : people.reach(personId)
  return person && { look: lookFor(landmark.kind, person), to: () => [person] }
}

function put(host: HTMLElement, { at, landmark: { where } }: Place): void {
  if (where === 'end') at.append(host)
  else at[where](host)
}

/** A page's script must not make anybody ask the site: it cannot move the pointer, though the focus it can. */
function comeNear(host: HTMLElement, begin: () => void): void {
  host.addEventListener('pointerenter', (event) => event.isTrusted && begin())
}

/** Draws what is missing, takes away what is about somebody else by now. */
function createDrawing(
  people: PeopleOfPage,
  { counts, open, wwwroot }: { counts: Counts; open: (seed: NewDialogueSeed) => void; wwwroot: string },
) {
  const drawn = new WeakMap<Element, Drawn>()
  const seed = (place: Place, to: Participant[]) => seedAt(place, to, { wwwroot, known: people.known })

  return {
    async seedOf(place: Place): Promise<NewDialogueSeed | undefined> {
      const meant = meantBy(place, people)
      return meant && seed(place, await meant.to())
    },
    draw(item: Item): void {
      const there = drawn.get(item.item)
      if (there && isStill(there)) return
      there?.host.remove()
      const place = placeOf(item)
      const meant = place && meantBy(place, people)
      if (!meant) return
      const look = { ...meant.look, isItem: place.at.getAttribute('role') === 'menubar' }
      const press = async () => open(seed(place, await meant.to()))
      const { host, root } = drawAction(place.landmark.kind, look, press)
      if (meant.near) comeNear(host, meant.near)
      put(host, place)
      drawn.set(item.item, { host, place })
      if (place.landmark.kind === 'activity') counts.drawn(item.item, root)
    },
  }
}

/** The one that the focus is in, else the one that the page is about. */
function placeMeant(places: readonly Place[]): Place | undefined {
  const focused = places.findLast(({ item }) => item.contains(document.activeElement))
  const alone = places.filter(({ landmark }) => ALONE.has(landmark.kind))
  return focused ?? (alone.length === 1 ? alone[0] : undefined)
}

/** Posts and rows that fill an ordinary screen. */
const FIRST = 12

export function startActions(open: (wanted: Wanted) => void) {
  const wwwroot = wwwrootOfPage()
  const landmarks = landmarksOf(location.pathname, document.body.id)
  const isGrader = landmarks.some(({ kind }) => kind === 'grader')
  const people = createPeople()
  const counts = createCounts(wwwroot, (scope) => open({ scope }))
  const drawing = createDrawing(people, { counts, open: (seed) => open({ seed }), wwwroot })
  const draw = createNear(drawing.draw, lookFurther)
  const places = () => placesIn(document, landmarks, location.href)
  const ticked = (to: Participant[]) => seedForTicked(to, { wwwroot, known: people.known })

  /** Until somebody moves, or a screen holds more, a long page is looked at no further. */
  let most = FIRST

  function lookFurther(): void {
    if (most === Number.POSITIVE_INFINITY) return
    most = Number.POSITIVE_INFINITY
    document.removeEventListener('scroll', lookFurther, { capture: true })
    again()
  }

  async function look(): Promise<void> {
    const seen = seenIn(document, landmarks, location.href, most)
    const { items, personIds } = seen
    const activities = items.filter(({ landmark }) => landmark.kind === 'activity')
    const assignmentId = isGrader ? assignmentIn(document) : undefined
    if (personIds.length === 0 && activities.length === 0 && !assignmentId) return
    await people.learn(personIds, assignmentId)
    draw(seen)
    if (activities.length > 0) await counts.learn(activities)
  }

  const again = watch(
    landmarks.flatMap(({ redrawn }) => redrawn ?? []),
    () => void look().catch(() => undefined),
  )
  document.addEventListener('scroll', lookFurther, { capture: true, passive: true })
  if (landmarks.some(({ kind }) => kind === 'participant'))
    drawForTicked(() => open({ seed: ticked(tickedPeople(people)) }))

  return {
    look,
    /** What a shortcut means here. */
    async here(): Promise<NewDialogueSeed | undefined> {
      const several = tickedPeople(people)
      if (several.length > 0) return ticked(several)
      const place = placeMeant(places())
      return place && (await drawing.seedOf(place))
    },
  }
}
