import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'

/** After one of these messages has changed, gone or come: how they were filed holds no more, see `filing.ts`. */
export async function fileAnew(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return
  const kept = await db.filings.get([accountId, key])
  if (kept && ids.some((id) => id <= kept.toId)) await db.filings.delete([accountId, key])
}
