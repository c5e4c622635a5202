import { type ConversationKey, personOf } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'
import type { AccountRow } from './rows.ts'
import type { Tally } from './tally.ts'

/** Notes with the people of rules who has answered, when their conversation is filed. */
export async function noteAnswers(
  db: Store,
  account: AccountRow,
  key: ConversationKey,
  dialogues: Iterable<Tally>,
): Promise<void> {
  const userId = personOf(key)
  if (userId === undefined) return
  for (const { ruleId, timeAnswered } of dialogues) {
    if (ruleId === undefined || timeAnswered === undefined) continue
    await db.rulePeople.update([account.id, ruleId, userId], { timeAnswered })
  }
}
