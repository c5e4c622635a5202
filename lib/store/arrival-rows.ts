import Dexie from 'dexie'
import type { AccountId } from '../dialogue/dialogue.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'
import type { Store } from './db.ts'
import { remembered } from './remembered.ts'
import type { ArrivalRow } from './rows.ts'

/** What has arrived of an account's rules and is not filed yet: some forty rows at most, see arrivals.ts. */
export function arrivalsOf(db: Store, accountId: AccountId): Promise<readonly ArrivalRow[]> {
  return remembered(db, 'arrivals', accountId, async () =>
    db.arrivals.where(':id').between([accountId, Dexie.minKey], [accountId, Dexie.maxKey]).toArray(),
  )
}

/** Those of a rule of whose people nothing is written since they left. */
export async function untoldOf(
  db: Store,
  { accountId, id }: Pick<OpenRule, 'accountId' | 'id'>,
): Promise<ArrivalRow[]> {
  const rows = await arrivalsOf(db, accountId)
  return rows.filter(({ ruleId, told }) => ruleId === id && !told)
}
