import type { ConversationKey } from '../dialogue/dialogue.ts'
import type { Returns } from '../moodle/index.ts'
import { heldBetween, isAmongNewest } from '../store/messages.ts'
import type { AccountRow } from '../store/rows.ts'
import { NEWEST } from './conversation.ts'
import type { World } from './world.ts'

type MessageList = Returns<'core_message_get_messages'>['messages']

/**
 * Conversations that hold something which the site left out of the stretch that it listed: it was deleted there, most
 * likely, and a look at the conversation tells. What lies too deep in one for that look waits until it is shown.
 */
export async function keysOfMissing(
  world: World,
  account: AccountRow,
  listed: MessageList,
  whose: 'mine' | 'theirs',
): Promise<ConversationKey[]> {
  // Of the oldest second some may lie beyond the list's end.
  const oldest = Math.min(...listed.map(({ timecreated }) => timecreated))
  const sure = listed.filter(({ timecreated }) => timecreated > oldest).map(({ id }) => id)
  if (sure.length === 0) return []
  const ids = new Set(listed.map(({ id }) => id))
  const held = await heldBetween(world.store, account.id, Math.min(...sure), Math.max(...sure))
  const missing = held.filter(
    ({ key, id, authorId, isDeleted }) =>
      key.startsWith('u') &&
      (authorId === account.userId) === (whose === 'mine') &&
      !isDeleted &&
      !ids.has(id),
  )
  const near = await Promise.all(missing.map((row) => isAmongNewest(world.store, row, NEWEST)))
  return [...new Set(missing.filter((_, i) => near[i]).map(({ key }) => key))]
}
