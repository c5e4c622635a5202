import type { AccountId } from '../dialogue/dialogue.ts'
import { pageOf } from '../dialogue/page.ts'
import { accountWith, ofAccount } from './accounts.ts'
import type { Store } from './db.ts'
import { inList } from './list-counts.ts'
import { listPrefix, scopePage } from './lists.ts'
import { relist } from './relist.ts'
import type { CourseRow, DialogueRecord, PlaceRow } from './rows.ts'

export async function putPlace(db: Store, accountId: AccountId, url: string, name: string): Promise<void> {
  const before = await placeName(db, accountId, url)
  if (before === name) return
  await db.places.put({ accountId, url, name })
  await relistPlace(db, accountId, url)
}

/** Its dialogues stand in the order of names. */
async function relistPlace(db: Store, accountId: AccountId, url: string): Promise<void> {
  const account = await accountWith(db, accountId)
  const page = account && pageOf(url, account.wwwroot)
  if (!page) return
  const records = await inList(db, listPrefix(accountId, scopePage(page.key), 'all')).toArray()
  await relist(
    db,
    records.map(({ key, dialogueId }) => ({ accountId, conversationKey: key, dialogueId })),
  )
}

export async function placeName(db: Store, accountId: AccountId, url: string): Promise<string | undefined> {
  return (await db.places.get([accountId, url]))?.name
}

/** Courses that hold dialogues about pages whose names are not known. */
export async function unnamedPlaces(db: Store, accountId: AccountId): Promise<number[]> {
  const places: PlaceRow[] = await ofAccount(db, 'places', accountId).toArray()
  const named = new Set(places.map(({ url }) => url))
  // All at once: a filter of the database's would go through thousands one by one.
  const records: DialogueRecord[] = await ofAccount(db, 'dialogues', accountId).toArray()
  const unnamed = records.filter(({ url }) => url?.includes('/mod/') && !named.has(url))
  return [...new Set(unnamed.flatMap(({ courseId }) => courseId ?? []))]
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
  read: Required<Pick<CourseRow, 'timePlacesRead' | 'hiddenCmids'>>,
) {
  await db.courses.update([accountId, courseId], read)
}

/** As the page of its grader says. Whether it is news. */
export async function noteAssignment(
  db: Store,
  accountId: AccountId,
  { courseId, cmid, assignmentId }: { courseId: number; cmid: number; assignmentId: number },
): Promise<boolean> {
  if ((await assignmentIdOf(db, accountId, courseId, cmid)) === assignmentId) return false
  const changed = await db.courses
    .where(':id')
    .equals([accountId, courseId])
    .modify((course: CourseRow) => {
      course.assignments = { ...course.assignments, [cmid]: assignmentId }
    })
  return changed > 0
}

export async function assignmentIdOf(db: Store, accountId: AccountId, courseId: number, cmid: number) {
  return (await db.courses.get([accountId, courseId]))?.assignments?.[cmid]
}

/** The cmids of those in the course that are known. */
export async function assignmentsLearned(
  db: Store,
  accountId: AccountId,
  courseId: number,
): Promise<number[]> {
  return Object.keys((await db.courses.get([accountId, courseId]))?.assignments ?? {}).map(Number)
}
