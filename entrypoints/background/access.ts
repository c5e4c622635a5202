import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { Protocol } from '../../lib/extension/protocol.ts'
import { accountsOf } from '../../lib/store/accounts.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { accountsFor, type Caller, pick } from './caller.ts'
import { shownAmong } from './state.ts'
import { store } from './worker.ts'

/** One answer a question; who asks decides which accounts there are. */
export type Answers = {
  [K in keyof Protocol]: (ask: Parameters<Protocol[K]>[0], caller: Caller) => Promise<ReturnType<Protocol[K]>>
}

export async function visible(caller: Caller): Promise<readonly AccountRow[]> {
  return shownAmong(await accountsFor(caller, await accountsOf(store)))
}

export async function accountOf(caller: Caller, accountId: AccountId): Promise<AccountRow> {
  return pick(await visible(caller), accountId)
}

/** Accounts may be managed from our own pages, also while nothing of them is shown. */
export async function managed(caller: Caller, accountId: AccountId): Promise<AccountRow> {
  return pick(caller.kind === 'own-page' ? await accountsOf(store) : [], accountId)
}

/** What lasts, as a rule does, is begun and changed on our own pages only. */
export async function ofOwnPage(caller: Caller, accountId: AccountId): Promise<AccountRow> {
  ownPageOnly(caller)
  return accountOf(caller, accountId)
}

export function ownPageOnly(caller: Caller): void {
  if (caller.kind !== 'own-page') pick([], '')
}
