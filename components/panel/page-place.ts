import { pageOf } from '../../lib/dialogue/page.ts'
import type { Place } from '../models/place.ts'

/** Moodle writes ids on its body: `course-2 cmid-3`. */
function idInClass(name: string): number | undefined {
  const found = new RegExp(`(?:^|\\s)${name}-(\\d+)(?:\\s|$)`).exec(document.body.className)?.[1]
  return found === undefined ? undefined : Number(found)
}

function headingOf(): string | undefined {
  const heading = document.querySelector('#page-header h1, .page-header-headings h1, main h1, h1')
  return heading?.textContent?.replace(/\s+/g, ' ').trim() || undefined
}

/** The name beside the picture in the grader, or the heading of a profile. */
function personNameOf(isProfile: boolean): string | undefined {
  if (isProfile) return headingOf()
  const name = document.querySelector('[data-region="user-info"] h4, [data-region="user-info"] .fullname')
  return name?.textContent?.trim() || undefined
}

/** Moodle's own settings for its scripts stand in the page as text. */
export function wwwrootOfPage(): string {
  for (const { text } of document.scripts) {
    const found = /"wwwroot":"(https?:[^"]+)"/.exec(text)?.[1]?.replaceAll('\\/', '/')
    if (found && URL.canParse(found)) return found
  }
  return location.origin
}

/** What the page in this tab is about. */
export function placeOf(wwwroot: string): Place {
  const courseId = idInClass('course')
  const cmid = idInClass('cmid')
  const known = { ...(courseId ? { courseId } : {}), ...(cmid ? { cmid } : {}) }
  const page = URL.canParse(wwwroot) ? pageOf(location.href, wwwroot, known) : undefined
  if (!page) return { url: location.href }
  const name = headingOf()
  const personName = page.userId === undefined ? undefined : personNameOf(page.kind === 'profile')
  return {
    url: page.url,
    ...(page.courseId === undefined ? {} : { courseId: page.courseId }),
    ...(page.cmid === undefined ? {} : { cmid: page.cmid }),
    ...(page.userId === undefined ? {} : { personId: page.userId }),
    ...(personName ? { personName } : {}),
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
  return () => {
    for (const [target, name] of watched) target.removeEventListener(name, later)
  }
}
