import Dexie from 'dexie'
import type { AccountId } from '../dialogue/dialogue.ts'
import type { OpenRule, RuleId } from '../dialogue/open-rule.ts'
import type { Store } from './db.ts'
import { remembered } from './remembered.ts'

/** Messages of a rule that were answered together and have arrived, until they are filed. */
export interface ArrivalRow {
  accountId: AccountId
  /** The key of the first of them. */
  id: string
  ruleId: RuleId
  keys: string[]
  userIds: number[]
  messageIds: number[]
  /** Their people say so too. */
  told?: true
}

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
