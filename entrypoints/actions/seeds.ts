import { placeOf } from '../../components/panel/page-place.ts'
import type { About } from '../../lib/dialogue/draft.ts'
import { coursePageUrl, pageOf } from '../../lib/dialogue/page.ts'
import type { PagePeople } from '../../lib/dialogue/page-people.ts'
import type { Participant } from '../../lib/dialogue/participant.ts'
import type { NewDialogueSeed } from '../../lib/dialogue/seed.ts'
import { ACTIVITY, GRADER, POST } from './landmarks.ts'
import type { Place } from './places.ts'

/** Longer than this, a quotation no longer helps. */
const QUOTE_LENGTH = 600

export interface Surroundings {
  wwwroot: string
  known: Omit<PagePeople, 'people'>
}

function textOf(element: Element | null | undefined): string | undefined {
  return element?.textContent?.replace(/\s+/g, ' ').trim() || undefined
}

function cut(words: string): string {
  if (words.length <= QUOTE_LENGTH) return words
  return `${words.slice(0, QUOTE_LENGTH).replace(/\s+\S*$/, '')} …`
}

/** As it is read on the page: with its lines, without what is hidden. */
function wordsOf(element: Element | null): string | undefined {
  const words = element instanceof HTMLElement ? element.innerText : ''
  return cut(words.replace(/\n{2,}/g, '\n').trim()) || undefined
}

function aboutCourse(courseId: number | undefined, { wwwroot, known }: Surroundings): About | undefined {
  if (courseId === undefined || !known.courseName) return undefined
  return { url: coursePageUrl(wwwroot, courseId), name: known.courseName, courseId }
}

/** The page itself; where its reader could not open it, the course, which says nothing of what is hidden there. */
function aboutPage(name: string | undefined, url: string, around: Surroundings): About | undefined {
  const { courseId, cmid } = placeOf(around.wwwroot)
  const ids = { ...(courseId ? { courseId } : {}), ...(cmid ? { cmid } : {}) }
  const page = pageOf(url, around.wwwroot, ids)
  if (around.known.isHidden || !page || !name) return aboutCourse(courseId, around)
  return { url: page.url, name, ...ids }
}

function ofPost({ item }: Place, around: Surroundings): Partial<NewDialogueSeed> {
  const { wwwroot } = around
  const postId = item.getAttribute('data-post-id')
  const discussionId = pageOf(location.href, wwwroot)?.discussionId
  const url = `${wwwroot}/mod/forum/discuss.php?d=${discussionId}&parent=${postId}`
  const about = aboutPage(textOf(item.querySelector(POST.subject))?.replace(/^Re: /, ''), url, around)
  const quote = wordsOf(item.querySelector(POST.words))
  return { ...(about ? { about } : {}), ...(quote ? { quote } : {}) }
}

function ofSubmission({ item, landmark }: Place, around: Surroundings): Partial<NewDialogueSeed> {
  const state = landmark.state ? item.querySelector(landmark.state) : document.querySelector(GRADER.state)
  const about = aboutPage(placeOf(around.wwwroot).name, location.href, around)
  const note = textOf(state)
  return { ...(about ? { about } : {}), ...(note ? { note } : {}) }
}

function ofActivity({ item }: Place, around: Surroundings): Partial<NewDialogueSeed> {
  const name = nameOfActivity(item)
  const url = item.querySelector(ACTIVITY.link)?.getAttribute('href') ?? ''
  const cmid = Number(item.getAttribute('data-id'))
  const { courseId } = placeOf(around.wwwroot)
  const page = pageOf(url, around.wwwroot, { cmid, ...(courseId ? { courseId } : {}) })
  const isHidden = item.querySelector(ACTIVITY.hidden) !== null
  const about = page && name && !isHidden && { url: page.url, name, cmid, ...(courseId ? { courseId } : {}) }
  const whole = about || aboutCourse(courseId, around)
  return whole ? { about: whole } : {}
}

export function nameOfActivity(item: Element): string | undefined {
  return item.querySelector(ACTIVITY.name)?.getAttribute('data-activityname')?.trim() || undefined
}

function ofPlace(place: Place, around: Surroundings): Partial<NewDialogueSeed> {
  switch (place.landmark.kind) {
    case 'post':
      return ofPost(place, around)
    case 'grader':
    case 'submission':
      return ofSubmission(place, around)
    case 'activity':
      return ofActivity(place, around)
    case 'grades': {
      const about = aboutPage(around.known.courseName, location.href, around)
      return about ? { about } : {}
    }
    default:
      return ofCourse(around)
  }
}

function ofCourse(around: Surroundings): Partial<NewDialogueSeed> {
  const about = aboutCourse(placeOf(around.wwwroot).courseId, around)
  return about ? { about } : {}
}

/** What an action hands to the panel: read when it is pressed, from the page as it is then. */
export function seedAt(place: Place, to: Participant[], around: Surroundings): NewDialogueSeed {
  return whole(to, ofPlace(place, around))
}

export function seedForTicked(to: Participant[], around: Surroundings): NewDialogueSeed {
  return whole(to, ofCourse(around))
}

function whole(to: Participant[], part: Partial<NewDialogueSeed>): NewDialogueSeed {
  const { about } = part
  const courseId = about?.courseId
  return {
    to,
    ...part,
    ...(about ? { subject: about.name } : {}),
    ...(courseId === undefined ? {} : { courseId }),
  }
}
