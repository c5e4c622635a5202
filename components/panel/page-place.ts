import { type KnownOfPage, type Page, pageOf, SITE_COURSE } from '../../lib/dialogue/page.ts'
import type { Place } from '../models/place.ts'

/** Moodle writes ids on its body: `course-2 cmid-3`. */
function idInClass(name: string): number | undefined {
  for (const word of document.body.className.split(' ')) {
    const id = word.startsWith(`${name}-`) ? Number(word.slice(name.length + 1)) : 0
    if (id > 0) return id
  }
  return undefined
}

const HEADING = '#page-header h1, .page-header-headings h1, main h1, h1'

/** The grader has no heading, but a link to its assignment, titled "Assignment: Essay 1". */
const GRADED = '[data-region="assignment-info"] a[href*="/mod/assign/view.php"]'

function wordsIn(element: Element | null): string | undefined {
  return element?.textContent?.replace(/\s+/g, ' ').trim() || undefined
}

function headingOf(): string | undefined {
  return wordsIn(document.querySelector(HEADING))
}

function nameOf({ kind }: Page): string | undefined {
  if (kind !== 'grader') return headingOf()
  return headingOf() ?? wordsIn(document.querySelector(GRADED))?.replace(/^[^:]*: */, '')
}

/** A link to a profile; where an assignment is marked blindly, Moodle shows a number without one. */
const GRADED_PERSON = '[data-region="user-info"]'
const PERSON = `${GRADED_PERSON} a[href*="/user/view.php?"]`

interface Person {
  personId: number
  personName?: string
}

/** Whose work is in the grader: the page says it later than the address, and says nobody's where nobody is to be known. */
function graded(): Person | undefined {
  const link = document.querySelector(PERSON)
  const personId = Number(/[?&]id=(\d+)/.exec(link?.getAttribute('href') ?? '')?.[1])
  // Beside the name stand a picture, and what else identifies a person.
  const own = [...(link?.childNodes ?? [])].find(
    ({ nodeType, textContent }) => nodeType === 3 && textContent?.trim(),
  )
  const personName = own?.textContent?.trim()
  return personId ? { personId, ...(personName ? { personName } : {}) } : undefined
}

function personOf({ kind, userId }: Page): Person | undefined {
  if (kind === 'grader') return graded()
  if (userId === undefined) return undefined
  const name =
    kind === 'profile' ? (wordsIn(document.querySelector('.userprofile h2.h2')) ?? headingOf()) : undefined
  return { personId: userId, ...(name ? { personName: name } : {}) }
}

interface World {
  /** Read by the launcher, which shares this world. */
  asideWwwroot?: string
}

/** Moodle's own settings for its scripts stand in the page as text. */
export function wwwrootOfPage(): string {
  const { asideWwwroot } = globalThis as World
  if (asideWwwroot !== undefined) return asideWwwroot
  for (const { text } of document.scripts) {
    const found = /"wwwroot":"(https?:[^"]+)"/.exec(text)?.[1]?.replaceAll('\\/', '/')
    if (found && URL.canParse(found)) return found
  }
  return location.origin
}

/** Where the page stands, without a look at what it says; the front page is a course to Moodle alone. */
export function idsOfPage(): KnownOfPage {
  const courseId = idInClass('course')
  const cmid = idInClass('cmid')
  return { ...(courseId && courseId !== SITE_COURSE ? { courseId } : {}), ...(cmid ? { cmid } : {}) }
}

/** What the page in this tab is about. */
export function placeOf(wwwroot: string): Place {
  const courseId = idInClass('course')
  const cmid = idInClass('cmid')
  const known = { ...(courseId ? { courseId } : {}), ...(cmid ? { cmid } : {}) }
  const page = URL.canParse(wwwroot) ? pageOf(location.href, wwwroot, known) : undefined
  if (!page) return { url: location.href }
  const name = nameOf(page)
  return {
    url: page.url,
    ...(page.courseId === undefined ? {} : { courseId: page.courseId }),
    ...(page.cmid === undefined ? {} : { cmid: page.cmid }),
    ...personOf(page),
    ...(name && page.kind !== 'profile' ? { name } : {}),
  }
}

interface WithNavigation {
  navigation?: EventTarget
}

/** Tells of moves within the page: Moodle's grader changes the address and never loads. */
export function onMove(moved: () => void): () => void {
  const { navigation } = globalThis as WithNavigation
  // The page draws its new person a little after the address has changed.
  const later = () => void setTimeout(moved, 400)
  const watched = [
    [globalThis, 'popstate'],
    [globalThis, 'hashchange'],
    ...(navigation ? [[navigation, 'currententrychange'] as const] : []),
  ] as const
  for (const [target, name] of watched) target.addEventListener(name, later)
  // … and asks the site for them first, which may take longer.
  const person = document.querySelector(GRADED_PERSON)
  const observer = new MutationObserver(later)
  if (person) observer.observe(person, { childList: true })
  return () => {
    observer.disconnect()
    for (const [target, name] of watched) target.removeEventListener(name, later)
  }
}
