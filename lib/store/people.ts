import Dexie from 'dexie'
import type { AccountId } from '../dialogue/dialogue.ts'
import type { Participant } from '../dialogue/participant.ts'
import type { Course } from '../dialogue/views.ts'
import { ofAccount } from './accounts.ts'
import { groupConversations } from './conversations.ts'
import type { Store } from './db.ts'
import { remembered } from './remembered.ts'
import type { CourseRow, PersonRow } from './rows.ts'

/** Of people deleted on the site only that they are: the conversation stays readable, nobody is named. */
function withoutTraces(row: PersonRow): PersonRow {
  const { accountId, id } = row
  return row.isDeleted ? { accountId, id, fullName: '', isDeleted: true } : row
}

/** Keeps what is known of people; what the site did not say this time stays as it was. */
export async function putPeople(
  db: Store,
  accountId: AccountId,
  people: readonly Participant[],
): Promise<void> {
  await db.transaction('rw', db.people, async () => {
    const there = await db.people.bulkGet(people.map(({ id }) => [accountId, id] as [string, number]))
    const rows: PersonRow[] = people.map((person, i) => ({
      isDeleted: false,
      ...there[i],
      accountId,
      ...person,
    }))
    await db.people.bulkPut(rows.map(withoutTraces))
  })
}

/** The next stretch of the people who are known and not deleted. */
export async function peopleAfter(
  db: Store,
  accountId: AccountId,
  afterId: number,
  limit: number,
): Promise<number[]> {
  const stretch = db.people.where(':id').between([accountId, afterId], [accountId, Dexie.maxKey], false)
  const rows = await stretch
    .filter(({ isDeleted }) => !isDeleted)
    .limit(limit)
    .toArray()
  return rows.map(({ id }) => id)
}

/** People who are known by name only; who writes in a group that is held stays named there. */
export async function forgetStrangers(
  db: Store,
  accountId: AccountId,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  const groups = await groupConversations(db, accountId)
  const named = new Set(groups.flatMap(({ memberIds }) => memberIds))
  const strangers = ids.filter((id) => !named.has(id))
  await db.people.bulkDelete(strangers.map((id) => [accountId, id] as [string, number]))
}

export async function peopleOf(
  db: Store,
  accountId: AccountId,
  ids: readonly number[],
): Promise<Map<number, Participant>> {
  const unique = [...new Set(ids)]
  const rows = await db.people.bulkGet(unique.map((id) => [accountId, id] as [string, number]))
  return new Map(
    unique.map((id, i) => {
      const row = rows[i]
      if (!row) return [id, { id, fullName: '' }]
      const { accountId: _, timeReachAsked: _asked, ...person } = row
      return [id, person]
    }),
  )
}

/** Those of whom the site said since `time` whether this account may write to them. */
export async function reachKnownSince(
  db: Store,
  accountId: AccountId,
  ids: readonly number[],
  time: number,
): Promise<Set<number>> {
  const rows = await db.people.bulkGet(ids.map((id) => [accountId, id] as [string, number]))
  return new Set(rows.flatMap((row) => (row && (row.timeReachAsked ?? 0) >= time ? row.id : [])))
}

export async function putCourses(db: Store, accountId: AccountId, courses: readonly Course[]): Promise<void> {
  await db.transaction('rw', db.courses, async () => {
    const there = await db.courses.bulkGet(courses.map(({ id }) => [accountId, id] as [string, number]))
    await db.courses.bulkPut(courses.map((course, i): CourseRow => ({ ...there[i], accountId, ...course })))
  })
}

export async function coursesOf(db: Store, accountId: AccountId): Promise<Course[]> {
  const rows: CourseRow[] = await ofAccount(db, 'courses', accountId).toArray()
  return rows.map(({ id, name }) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name))
}

export async function courseOf(
  db: Store,
  accountId: AccountId,
  id: number | undefined,
): Promise<Course | undefined> {
  if (id === undefined) return undefined
  const row = await remembered(db, 'courses', `${accountId} ${id}`, async () =>
    db.courses.get([accountId, id]),
  )
  return { id, name: row?.name ?? '' }
}
