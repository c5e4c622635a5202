import type { AccountId } from '../dialogue/dialogue.ts'
import type { Store } from '../store/db.ts'
import { writesTo } from '../store/remembered.ts'
import type { SyncRow } from '../store/rows.ts'

/*
 * Mostly a look finds what the one before found. What came of that depended on the answer, on the messages that were
 * held and on a few numbers of the account; with all of them the same nothing comes of it again, and the store is left
 * in peace. In the worker's memory only: the first look of each worker is a whole one.
 */

/** Of the site's answer and of what is held, all that decides what comes of a look. */
export function sightOf(answer: unknown, sync: SyncRow): string {
  const { readsToTell, ghosts, groupUnread, unreadKnownToId } = sync
  return JSON.stringify([answer, readsToTell, ghosts, groupUnread, unreadKnownToId, writesTo('messages')])
}

const quiet = new WeakMap<Store, Map<AccountId, string>>()

export function wasQuiet(store: Store, accountId: AccountId, sight: string): boolean {
  return quiet.get(store)?.get(accountId) === sight
}

/** Nothing came of a look that saw this. */
export function noteQuiet(store: Store, accountId: AccountId, sight: string): void {
  const looks = quiet.get(store) ?? new Map<AccountId, string>()
  quiet.set(store, looks.set(accountId, sight))
}
