import type { AccountId } from '../dialogue/dialogue.ts'
import type { Store } from '../store/db.ts'

/*
 * An answer may be older than what happened while it was on its way: it calls unread what was read since, and told to
 * the site since. In the worker's memory only, as the answers are.
 */
const told = new WeakMap<Store, Map<AccountId, number[]>>()

function toldBy(store: Store, accountId: AccountId): number[] {
  const accounts = told.get(store) ?? new Map<AccountId, number[]>()
  told.set(store, accounts)
  const ids = accounts.get(accountId) ?? []
  accounts.set(accountId, ids)
  return ids
}

export function noteTold(store: Store, accountId: AccountId, ids: Iterable<number>): void {
  toldBy(store, accountId).push(...ids)
}

/** To be called before something is asked; the answer's calling then says what was told until it came. */
export function toldFromNow(store: Store, accountId: AccountId): () => number[] {
  const before = toldBy(store, accountId).length
  return () => toldBy(store, accountId).slice(before)
}
