import type { DialogueRef } from '../dialogue/dialogue.ts'
import { conversationOf } from '../store/conversations.ts'
import { messagesOfDialogue } from '../store/messages.ts'
import type { AccountRow } from '../store/rows.ts'
import { pullOlder } from './older.ts'
import type { Connection, World } from './world.ts'

/** Some thousands of messages. */
const MOST_PAGES = 60

/** Whether every message of the dialogue is held, with its words. */
export async function isWhole(world: World, { accountId, conversationKey, dialogueId }: DialogueRef) {
  const record = await world.store.dialogues.get([accountId, conversationKey, dialogueId])
  const conversation = await conversationOf(world.store, accountId, conversationKey)
  if (conversation?.complete === true) return true
  if (record?.openerId === undefined) return false
  const rows = await messagesOfDialogue(world.store, accountId, conversationKey, dialogueId)().toArray()
  return rows.every((row) => row.html !== '' || row.link?.does === 'close')
}

/** Reads back to the dialogue's beginning. */
export async function pullWhole(
  world: World,
  way: Connection,
  account: AccountRow,
  ref: DialogueRef,
): Promise<void> {
  for (let page = 0; page < MOST_PAGES && !(await isWhole(world, ref)); page++)
    await pullOlder(world, way, account, ref.conversationKey)
}
