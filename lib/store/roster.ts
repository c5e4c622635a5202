import type { AccountId } from '../dialogue/dialogue.ts'
import type { Habit } from '../dialogue/permission.ts'
import type { Roster } from '../dialogue/roster.ts'
import { ofAccount } from './accounts.ts'
import type { Store } from './db.ts'
import type { PersonRow, RosterRow } from './rows.ts'

/** A course's people are read and written as one: they were read together, and a worker reads 5,000 in 10 ms. */
export async function rosterHeld(
  db: Store,
  accountId: AccountId,
  courseId: number,
): Promise<Roster | undefined> {
  const row = await db.rosters.get([accountId, courseId])
  if (!row) return undefined
  const { accountId: _, ...roster } = row
  return roster
}

export async function putRoster(db: Store, accountId: AccountId, roster: Roster): Promise<void> {
  await db.rosters.put({ accountId, ...roster })
}

export async function noteCompared(
  db: Store,
  accountId: AccountId,
  courseId: number,
  timeCompared: number,
): Promise<void> {
  await db.rosters.update([accountId, courseId], { timeCompared })
}

/** Of all the courses: what is the site's own stands under 0. */
const WHOLE_SITE = 0

/** Who writes to whom: the course's own habit, else that of the whole site. */
export async function habitOf(
  db: Store,
  accountId: AccountId,
  courseId: number | undefined,
): Promise<Habit | undefined> {
  const own = courseId === undefined ? undefined : await habitSetIn(db, accountId, courseId)
  return own ?? habitSetIn(db, accountId)
}

/** As it was set there and nowhere else. */
export async function habitSetIn(
  db: Store,
  accountId: AccountId,
  courseId: number = WHOLE_SITE,
): Promise<Habit | undefined> {
  return (await db.habits.get([accountId, courseId]))?.habit
}

export async function putHabit(
  db: Store,
  accountId: AccountId,
  courseId: number = WHOLE_SITE,
  habit: Habit | undefined,
): Promise<void> {
  if (habit) await db.habits.put({ accountId, courseId, habit })
  else await db.habits.delete([accountId, courseId])
}

/** Who is known to be deleted on the site is named here no longer. */
export async function forgetDeletedInRosters(db: Store, accountId: AccountId): Promise<void> {
  const deleted = await ofAccount(db, 'people', accountId)
    .filter(({ isDeleted }: PersonRow) => isDeleted)
    .toArray()
  const gone = new Set(deleted.map(({ id }: PersonRow) => id))
  if (gone.size === 0) return
  await ofAccount(db, 'rosters', accountId).modify((row: RosterRow) => {
    row.people = row.people.filter(({ userId }) => !gone.has(userId))
  })
}

/** Courses that nobody has looked at for so long. */
export async function forgetOldRosters(db: Store, accountId: AccountId, before: number): Promise<void> {
  await ofAccount(db, 'rosters', accountId)
    .filter(({ timeRead }) => timeRead < before)
    .delete()
}
