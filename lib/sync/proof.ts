import { sameWords } from '../dialogue/html.ts'
import { isProvable, type OutboxEntry } from '../dialogue/outbox.ts'
import { asTheyStand } from '../store/arrivals.ts'
import { conversationOf } from '../store/conversations.ts'
import { arrivedAs } from '../store/ledger.ts'
import { messagesIn } from '../store/messages.ts'
import { entriesIn, moveEntry } from '../store/outbox.ts'
import type { AccountRow, MessageRow } from '../store/rows.ts'
import { finish } from './finish.ts'
import type { World } from './world.ts'

/** The site's clock and ours are compared by whole seconds, and an answer takes its time. */
const BEFORE = 60

export interface Look {
  messageId?: number
  nothingLikeIt?: boolean
}

/**
 * What could be a message without a link: its author's, without a link too, later than all that were held before
 * the attempt (the same words sent a moment earlier are no proof).
 */
function couldBe(row: MessageRow, { newestIdBefore, timeAttempted, timeWritten }: OutboxEntry): boolean {
  if (row.link) return false
  return newestIdBefore === undefined
    ? row.timeCreated >= (timeAttempted ?? timeWritten) - BEFORE
    : row.id > newestIdBefore
}

/** By its key; without one by its words, and only if it is the one message that could be it. */
export async function found(world: World, account: AccountRow, entry: OutboxEntry): Promise<Look> {
  const known = await arrivedAs(world.store, account.id, entry.key)
  if (known?.messageId !== undefined) return { messageId: known.messageId }
  if (isProvable(entry)) return {}
  const rows = await messagesIn(world.store, account.id, entry.conversationKey).toArray()
  const like = rows.filter((row) => row.authorId === account.userId && couldBe(row, entry))
  const [only] = like
  if (only && like.length === 1 && sameWords(only.html, entry.html)) return { messageId: only.id }
  if (like.length > 0) return { nothingLikeIt: false }
  return (await isHeldSince(world, account, entry, rows)) ? { nothingLikeIt: true } : {}
}

/** Whether what is held reaches back to before the attempt: only then is what is missing here missing there. */
export async function isHeldSince(
  world: World,
  account: AccountRow,
  { conversationKey, newestIdBefore, timeAttempted, timeWritten }: OutboxEntry,
  rows: readonly MessageRow[],
): Promise<boolean> {
  const conversation = await conversationOf(world.store, account.id, conversationKey)
  if (!conversation || conversation.complete) return true
  const { heldFromId } = conversation
  if (heldFromId === undefined) return false
  if (newestIdBefore !== undefined) return heldFromId <= newestIdBefore
  const oldest = rows.find(({ id }) => id >= heldFromId)
  return oldest !== undefined && oldest.timeCreated < (timeAttempted ?? timeWritten) - BEFORE
}

/** What is read of a conversation settles what is under way in it, before it can be deleted again. */
export async function settleByWhatIsHeld(world: World, account: AccountRow, key: string): Promise<void> {
  const { store } = world
  for (const entry of await asTheyStand(store, await entriesIn(store, account.id, key))) {
    // What has arrived of a rule is filed with what else has.
    if (entry.state === 'delivered' && entry.ruleId !== undefined) continue
    if (entry.attempts === 0 || (entry.state === 'sending' && !isProvable(entry))) continue
    const { messageId, nothingLikeIt } = await found(world, account, entry)
    if (messageId !== undefined) {
      const moved = await moveEntry(world.store, account.id, entry.key, { kind: 'proven', messageId })
      if (moved) await finish(world, account, moved)
    } else if (nothingLikeIt === false)
      await moveEntry(world.store, account.id, entry.key, { kind: 'alike-seen' })
  }
}
