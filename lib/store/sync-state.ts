import type { AccountId } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'
import { remembered } from './remembered.ts'
import type { SyncRow } from './rows.ts'

function freshSync(accountId: AccountId): SyncRow {
  return {
    accountId,
    listDone: false,
    nextRoundMs: 0,
    failures: 0,
    readsToTell: [],
    groupUnread: 0,
    ghosts: [],
  }
}

export function everySync(db: Store): Promise<readonly SyncRow[]> {
  return remembered(db, 'sync', '', async () => db.sync.toArray())
}

export async function syncOf(db: Store, accountId: AccountId): Promise<SyncRow> {
  return (await everySync(db)).find((row) => row.accountId === accountId) ?? freshSync(accountId)
}

/** A changed field given as undefined is taken out. */
export type SyncChange = { [K in keyof SyncRow]?: SyncRow[K] | undefined }

export async function changeSync(
  db: Store,
  accountId: AccountId,
  change: SyncChange | ((now: SyncRow) => SyncChange),
): Promise<SyncRow> {
  return db.transaction('rw', db.sync, async () => {
    const there = await db.sync.get(accountId)
    const now = there ?? freshSync(accountId)
    const next = { ...now, ...(typeof change === 'function' ? change(now) : change) } as SyncRow
    // A quiet round finds nothing to write.
    if (JSON.stringify(there) !== JSON.stringify(next)) await db.sync.put(next)
    return next
  })
}
