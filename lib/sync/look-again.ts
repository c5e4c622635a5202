import type { ConversationKey } from '../dialogue/dialogue.ts'
import { conversationOf } from '../store/conversations.ts'
import { inOneStep } from '../store/db.ts'
import { countHeld } from '../store/held.ts'
import { dropMissing, type ReadMessage } from '../store/messages.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
import { OVERLAP, olderPage, surelyAll } from './pages.ts'
import type { Connection, World } from './world.ts'

export interface ShownStretch {
  fromId: number
  toId: number
}

/** How many are held after the stretch and within it. */
async function placeOf({ store }: World, account: AccountRow, key: ConversationKey, shown: ShownStretch) {
  const [newer, within] = await Promise.all([
    countHeld(store, account.id, key, shown.toId + 1),
    countHeld(store, account.id, key, shown.fromId, shown.toId),
  ])
  return { newer, within }
}

/** From where to where a page from the middle is surely whole: both of its ends may be in the midst of a second. */
function sureStretch(messages: ReadMessage[], isCut: boolean, isFirst: boolean) {
  const newest = Math.max(...messages.map(({ timeCreated }) => timeCreated))
  const sure = surelyAll(messages, isCut).filter(({ timeCreated }) => isFirst || timeCreated < newest)
  const [ids, times] = [sure.map(({ id }) => id), sure.map(({ timeCreated }) => timeCreated)]
  if (sure.length === 0) return undefined
  const from = { id: Math.min(...ids), time: Math.min(...times) }
  return { from, to: { id: Math.max(...ids), time: Math.max(...times) } }
}

/**
 * What is looked at beyond the newest messages may have been deleted since it was read. One request tells, and what
 * the site no longer shows goes.
 */
export async function lookAgain(
  world: World,
  connection: Connection,
  account: AccountRow,
  key: ConversationKey,
  shown: ShownStretch,
): Promise<void> {
  const conversation = await conversationOf(world.store, account.id, key)
  if (conversation?.conversationId === undefined) return
  const { newer, within } = await placeOf(world, account, key, shown)
  const limitfrom = Math.max(0, newer - OVERLAP)
  const limitnum = within + 2 * OVERLAP
  const page = await olderPage(connection, account, conversation.conversationId, limitfrom, limitnum)
  const sure = sureStretch(page.messages, page.isCut, limitfrom === 0)
  if (!sure) return
  const there = new Set(page.messages.map(({ id }) => id))
  const gone = await inOneStep(world.store, async () => {
    const ids = await dropMissing(world.store, account.id, key, sure.from, sure.to, there)
    if (ids.length > 0) await rethread(world.store, account, key)
    return ids
  })
  if (gone.length > 0) world.changed(account.id, ['dialogues', 'thread'], key, gone)
}
