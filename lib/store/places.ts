import type { AccountId } from '../dialogue/dialogue.ts'
import { ofAccount } from './accounts.ts'
import type { Store } from './db.ts'
import type { CourseRow, DialogueRecord, PlaceRow } from './rows.ts'

export async function putPlace(db: Store, accountId: AccountId, url: string, name: string): Promise<void> {
  await db.places.put({ accountId, url, name })
}

export async function placeName(db: Store, accountId: AccountId, url: string): Promise<string | undefined> {
  return (await db.places.get([accountId, url]))?.name
}

/** Courses that hold dialogues about pages whose names are not known. */
export async function unnamedPlaces(db: Store, accountId: AccountId): Promise<number[]> {
  const places: PlaceRow[] = await ofAccount(db, 'places', accountId).toArray()
  const named = new Set(places.map(({ url }) => url))
  const records: DialogueRecord[] = await ofAccount(db, 'dialogues', accountId)
    .filter(
      ({ url, courseId }: DialogueRecord) => url !== undefined && courseId !== undefined && !named.has(url),
    )
    .toArray()
  return [
    ...new Set(records.flatMap(({ courseId, url }) => (url?.includes('/mod/') ? (courseId ?? []) : []))),
  ]
}

/** Of all courses, those whose activities were not read since `time`. */
export async function coursesReadBefore(db: Store, accountId: AccountId, time: number): Promise<Set<number>> {
  const rows: CourseRow[] = await ofAccount(db, 'courses', accountId).toArray()
  return new Set(rows.filter(({ timePlacesRead = 0 }) => timePlacesRead < time).map(({ id }) => id))
}

export async function noteCourseRead(
  db: Store,
  accountId: AccountId,
  courseId: number,
  timePlacesRead: number,
) {
  await db.courses.update([accountId, courseId], { timePlacesRead })
}
