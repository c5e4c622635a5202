import type { About } from '../../lib/dialogue/draft.ts'
import type { Scope } from '../../lib/dialogue/views.ts'

/** The page that the panel stands beside. */
export interface Place {
  url: string
  /** What the page calls itself: "Essay 1". */
  name?: string
  courseId?: number
  cmid?: number
  /** The person whose work or profile is on screen. */
  personId?: number
  personName?: string
}

function ids(place: Place): { courseId?: number; cmid?: number } {
  return {
    ...(place.courseId === undefined ? {} : { courseId: place.courseId }),
    ...(place.cmid === undefined ? {} : { cmid: place.cmid }),
  }
}

/** A page outside any course is nothing to write about. */
export function aboutOf(place: Place): About | undefined {
  if (place.courseId === undefined || place.name === undefined) return
  return { url: place.url, name: place.name, ...ids(place) }
}

export function scopeOf(place: Place | undefined): Scope {
  if (place?.cmid !== undefined) return { kind: 'page', url: place.url, ...ids(place) }
  if (place?.courseId !== undefined) return { kind: 'course', courseId: place.courseId }
  return { kind: 'all' }
}
