import type { AccountId } from '../dialogue/dialogue.ts'
import { ofAccount } from './accounts.ts'
import { ACCOUNT_TABLES, type Store } from './db.ts'

/** How many rows of each table are an account's. */
export async function countTables(db: Store, accountId: AccountId): Promise<Record<string, number>> {
  const counts = await Promise.all(ACCOUNT_TABLES.map((table) => ofAccount(db, table, accountId).count()))
  return Object.fromEntries(ACCOUNT_TABLES.map((table, i) => [table, counts[i] ?? 0]))
}
