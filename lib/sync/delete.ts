import type { DialogueRef } from '../dialogue/dialogue.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { inOneStep } from '../store/db.ts'
import { bury, messagesOfDialogue } from '../store/messages.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
import { troubleOf } from './trouble.ts'
import { withConnection } from './way.ts'
import { pullWhole } from './whole.ts'
import type { Connection, World } from './world.ts'

export interface Deleting {
  ref: DialogueRef
  /** Without any: every message of the dialogue, the older ones too. */
  messageIds?: readonly number[]
  /** Where Moodle allows it; otherwise on one's own side only. */
  forEveryone?: boolean
}

async function deleteOnSite(
  { moodle }: Connection,
  { userId: userid }: AccountRow,
  messageid: number,
  forEveryone = false,
): Promise<void> {
  // Deleted already on one's own side is answered with a false status, which is what was wanted.
  if (forEveryone) await moodle.call('core_message_delete_message_for_all_users', { messageid, userid })
  else await moodle.call('core_message_delete_message', { messageid, userid })
}

async function idsOf(
  world: World,
  way: Connection,
  account: AccountRow,
  { ref, messageIds }: Deleting,
): Promise<readonly number[]> {
  if (messageIds) return messageIds
  await pullWhole(world, way, account, ref)
  const rows = messagesOfDialogue(world.store, account.id, ref.conversationKey, ref.dialogueId)()
  return (await rows.toArray()).map(({ id }) => id)
}

/**
 * Deletes on the site, and here what the site has deleted. Of one's own side a tombstone stays: what the message said of
 * its dialogue goes on being true.
 */
export async function deleteMessages(world: World, deleting: Deleting): Promise<Trouble | undefined> {
  const { accountId, conversationKey } = deleting.ref
  let refused: unknown
  const { trouble } = await withConnection(world, accountId, async (way, account) => {
    const ids = await idsOf(world, way, account, deleting)
    const results = await Promise.allSettled(
      ids.map((id) => deleteOnSite(way, account, id, deleting.forEveryone)),
    )
    refused = results.find((result) => result.status === 'rejected')?.reason
    const gone = ids.filter((_, i) => results[i]?.status === 'fulfilled')
    await inOneStep(world.store, async () => {
      await bury(world.store, account.id, conversationKey, gone)
      await rethread(world.store, account, conversationKey)
    })
    world.changed(account.id, ['dialogues', 'thread', 'accounts'], conversationKey)
  })
  return trouble ?? (refused === undefined ? undefined : troubleOf(refused))
}
