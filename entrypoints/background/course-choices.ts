import { type CourseChoices, courseChoices } from '../../lib/dialogue/course-choices.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { assignmentsLearned } from '../../lib/store/places.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { hasToken } from '../../lib/store/tokens.ts'
import { readNotes, withNotes } from '../../lib/sync/course-notes.ts'
import { groupingsIn } from '../../lib/sync/groupings.ts'
import { pagesOf } from '../../lib/sync/places.ts'
import { rosterOf } from '../../lib/sync/roster.ts'
import { withConnection } from '../../lib/sync/way.ts'
import { store, world } from './worker.ts'

const GONE: Trouble = { kind: 'unknown', mender: 'wait' }

async function mayReadNotes(account: AccountRow, courseId: number): Promise<boolean> {
  if (!(await hasToken(store, account.id))) return false
  const found = await withNotes(world, account, courseId, readNotes)
  return !('mender' in found)
}

export async function choicesOf(account: AccountRow, courseId: number): Promise<CourseChoices | Trouble> {
  let found: CourseChoices | undefined
  const { trouble } = await withConnection(world, account.id, async (connection) => {
    const [roster, pages, notesKnown] = await Promise.all([
      rosterOf(world, connection, account, { courseId }),
      // A rule needs no page.
      pagesOf(connection, account, courseId).catch(() => []),
      mayReadNotes(account, courseId),
    ])
    const groupings = await groupingsIn(world, connection, account, roster)
    const isByToken = connection.way.kind !== 'session'
    const assignments = isByToken
      ? {}
      : { assignmentsKnown: await assignmentsLearned(store, account.id, courseId) }
    found = courseChoices(roster, account.userId, pages, { ...assignments, notesKnown, groupings })
  })
  return found ?? trouble ?? GONE
}
