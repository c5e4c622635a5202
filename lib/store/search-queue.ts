import { subjectOf } from '../dialogue/link.ts'
import type { Store } from './db.ts'
import type { MessageRow } from './rows.ts'
import type { UnindexedRow } from './search-rows.ts'

/** What of a message stands in the search index. */
export function wordsOf({ html, link }: MessageRow): UnindexedRow['was'][number] {
  return { html, ...(link ? { subject: subjectOf(link) } : {}) }
}

function saysTheSame(row: MessageRow, before: MessageRow): boolean {
  return row.html === before.html && row.link?.text === before.link?.text
}

/**
 * Notes, in the transaction that changes messages, that the search index has to follow; it does so in the background.
 * `before[i]` is what was held of `rows[i]`.
 */
export async function toIndex(
  db: Store,
  rows: readonly MessageRow[],
  before: readonly (MessageRow | undefined)[],
  change?: 'gone',
): Promise<void> {
  const changed = rows.flatMap((row, i) => {
    const there = before[i]
    return there && change !== 'gone' && saysTheSame(row, there) ? [] : [{ row, there }]
  })
  if (changed.length === 0) return
  const noted = await db.unindexed.bulkGet(
    changed.map(({ row }) => [row.accountId, row.id] as [string, number]),
  )
  await db.unindexed.bulkPut(
    changed.map(({ row: { accountId, key, id }, there }, i) => {
      const was = [...(noted[i]?.was ?? []), ...(there ? [wordsOf(there)] : [])]
      return { accountId, key, id, was }
    }),
  )
}
