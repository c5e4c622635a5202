import type { ConversationKey } from '../dialogue/dialogue.ts'
import { inOneStep } from '../store/db.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
import { changeSync } from '../store/sync-state.ts'
import { markRead } from '../store/unread.ts'
import type { World } from './world.ts'

/** What a person has seen counts as read, here at once and on the site with the next `tellReads`. */
export async function seen(
  world: World,
  account: AccountRow,
  key: ConversationKey,
  messageIds: readonly number[],
): Promise<number[]> {
  const { store } = world
  const ids = await inOneStep(store, async () => {
    const ids = await markRead(store, account.id, key, messageIds)
    if (ids.length === 0) return ids
    await changeSync(store, account.id, (now) => ({ readsToTell: [...now.readsToTell, ...ids] }))
    await rethread(store, account, key)
    return ids
  })
  if (ids.length > 0) world.changed(account.id, ['dialogues', 'thread', 'accounts'], key)
  return ids
}
