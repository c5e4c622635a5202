import Dexie from 'dexie'
import type { AccountId } from '../dialogue/dialogue.ts'
import { type Directory, directoryOf } from '../dialogue/find-people.ts'
import type { Store } from './db.ts'
import { rosterHeld } from './roster.ts'

/** Of the courses looked at last; the worker alone writes, so it knows when to read again. */
const KEPT = 3
const kept = new Map<string, Promise<Directory | undefined>>()

Dexie.on('storagemutated', (parts) => {
  if (Object.keys(parts).some((part) => part.includes('/rosters/'))) kept.clear()
})

async function read(db: Store, accountId: AccountId, courseId: number): Promise<Directory | undefined> {
  const roster = await rosterHeld(db, accountId, courseId)
  return roster && directoryOf(roster)
}

/** A course's people ready to be searched: read once, not with every letter. */
export function directoryHeld(
  db: Store,
  accountId: AccountId,
  courseId: number,
): Promise<Directory | undefined> {
  const place = `${db.name} ${accountId} ${courseId}`
  const there = kept.get(place)
  if (there) return there
  const reading = read(db, accountId, courseId)
  kept.set(place, reading)
  reading.catch(() => kept.delete(place))
  const [oldest] = kept.keys()
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
  return reading
}
