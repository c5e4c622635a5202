import { type ConversationKey, personOf } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'
import type { AccountRow, MessageRow } from './rows.ts'

/** In which rule's dialogue somebody has answered, and when first. */
function answerIn(rows: readonly MessageRow[], me: number) {
  const opening = rows.find(({ authorId, link }) => authorId === me && link?.does === 'open' && link.ruleId)
  const ruleId = opening?.link?.ruleId
  const answer = ruleId === undefined ? undefined : rows.find(({ authorId }) => authorId !== me)
  return ruleId !== undefined && answer ? { ruleId, timeAnswered: answer.timeCreated } : undefined
}

/** Notes with the people of rules who has answered, when their conversation is filed. */
export async function noteAnswers(
  db: Store,
  account: AccountRow,
  key: ConversationKey,
  dialogues: Iterable<MessageRow[]>,
): Promise<void> {
  const userId = personOf(key)
  if (userId === undefined) return
  for (const rows of dialogues) {
    const answer = answerIn(rows, account.userId)
    if (!answer) continue
    const { ruleId, timeAnswered } = answer
    await db.rulePeople.update([account.id, ruleId, userId], { timeAnswered })
  }
}
