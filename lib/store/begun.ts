import { type BegunRow, begunRow, courseIdOf, isBegun } from '../dialogue/begun.ts'
import type { Draft } from '../dialogue/draft.ts'
import type { Store } from './db.ts'
import { LAST, scopeAll, scopeCourse, scopePage } from './lists.ts'
import { pageKeysOf } from './page-keys.ts'
import type { AccountRow } from './rows.ts'

/** Keys of dialogues that do not exist yet stand together in the drafts' own index. */
const NEW = 'new/'

function isIn(draft: Draft, account: AccountRow, scope: string): boolean {
  if (scope === scopeAll || scope === scopeCourse(courseIdOf(draft) ?? 0)) return true
  return draft.about !== undefined && pageKeysOf(draft.about, account).map(scopePage).includes(scope)
}

async function begunBy(db: Store, account: AccountRow, scope: string): Promise<Draft[]> {
  const range = db.drafts.where(':id').between([account.id, NEW], [account.id, NEW + LAST])
  const drafts = await range.filter(isBegun).toArray()
  return drafts.filter((draft) => isIn(draft, account, scope))
}

export async function begunCount(db: Store, accounts: readonly AccountRow[], scope: string): Promise<number> {
  const each = await Promise.all(accounts.map((account) => begunBy(db, account, scope)))
  return each.flat().length
}

/** What was begun and never sent, the latest first; only these drafts are read. */
export async function begunOf(
  db: Store,
  accounts: readonly AccountRow[],
  scope: string,
): Promise<BegunRow[]> {
  const each = await Promise.all(accounts.map((account) => begunBy(db, account, scope)))
  const drafts = each.flat().sort((a, b) => b.timeChanged - a.timeChanged)
  const courses = await db.courses.bulkGet(
    drafts.map((draft) => [draft.accountId, courseIdOf(draft) ?? 0] as [string, number]),
  )
  return drafts.map((draft, i) => begunRow(draft, courses[i] && { id: courses[i].id, name: courses[i].name }))
}
