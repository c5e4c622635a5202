import { type CourseChoices, courseChoices } from '../../lib/dialogue/course-choices.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { pagesOf } from '../../lib/sync/places.ts'
import { rosterOf } from '../../lib/sync/roster.ts'
import { withConnection } from '../../lib/sync/way.ts'
import { world } from './worker.ts'

const GONE: Trouble = { kind: 'unknown', mender: 'wait' }

export async function choicesOf(account: AccountRow, courseId: number): Promise<CourseChoices | Trouble> {
  let found: CourseChoices | undefined
  const { trouble } = await withConnection(world, account.id, async (connection) => {
    const [roster, pages] = await Promise.all([
      rosterOf(world, connection, account, { courseId }),
      // A rule needs no page.
      pagesOf(connection, account, courseId).catch(() => []),
    ])
    found = courseChoices(roster, account.userId, pages, connection.way.kind !== 'session')
  })
  return found ?? trouble ?? GONE
}
