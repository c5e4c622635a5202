import type { ConversationKey } from '../dialogue/dialogue.ts'
import { changeConversation, conversationOf } from '../store/conversations.ts'
import { inOneStep } from '../store/db.ts'
import { countHeld } from '../store/held.ts'
import { putMessages } from '../store/messages.ts'
import { putPeople } from '../store/people.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
import { OLDER, OVERLAP, olderPage, surelyAll } from './pages.ts'
import { pullConversation } from './pull.ts'
import type { Connection, World } from './world.ts'

/** Loads the stretch before what is held. */
export async function pullOlder(
  world: World,
  connection: Connection,
  account: AccountRow,
  key: ConversationKey,
): Promise<void> {
  const { store } = world
  const row = await conversationOf(store, account.id, key)
  if (!row || row.complete) return
  if (row.conversationId === undefined || row.heldFromId === undefined)
    return pullConversation(world, connection, account, key)
  const held = await countHeld(store, account.id, key, row.heldFromId)
  const page = await pageBefore(connection, account, row.conversationId, row.heldFromId, held)
  await inOneStep(store, async () => {
    await putPeople(store, account.id, page.people)
    await putMessages(store, account.id, key, page.messages)
    const sure = surelyAll(page.messages, page.isCut)
    const heldFromId = Math.min(row.heldFromId ?? 0, ...sure.map(({ id }) => id))
    const complete = !page.isCut
    await changeConversation(store, account.id, key, { heldFromId, complete })
    await rethread(store, account, key)
  })
  world.changed(account.id, ['dialogues', 'thread'], key)
}

/**
 * The page that joins what is held and adds to it; where deletions moved the pages too far, the one after it, and where
 * all that it adds is of one second, a longer one.
 */
async function pageBefore(
  connection: Connection,
  account: AccountRow,
  conversationId: number,
  heldFrom: number,
  held: number,
) {
  let [limitfrom, limitnum] = [Math.max(0, held - OVERLAP), OLDER]
  for (;;) {
    const page = await olderPage(connection, account, conversationId, limitfrom, limitnum)
    const isJoined = limitfrom === 0 || page.messages.some(({ id }) => id >= heldFrom)
    const adds = surelyAll(page.messages, page.isCut).some(({ id }) => id < heldFrom)
    if (isJoined && (adds || !page.isCut)) return page
    if (isJoined) limitnum *= 2
    else limitfrom = Math.max(0, limitfrom - OLDER + OVERLAP)
  }
}
