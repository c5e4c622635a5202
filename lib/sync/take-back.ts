import type { Draft } from '../dialogue/draft.ts'
import { inOneStep } from '../store/db.ts'
import { outboxToDraft } from '../store/drafts.ts'
import { dropEntry, entryOf, moveEntry } from '../store/outbox.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
import { draftFrom } from './draft-from.ts'
import type { World } from './world.ts'

/** written, refused → (draft). Undefined where it is too late: the entry is on its way. */
export async function takeBack(world: World, account: AccountRow, key: string): Promise<Draft | undefined> {
  const draft = await inOneStep(world.store, async () => {
    const entry = await entryOf(world.store, account.id, key)
    const draft = entry && (await outboxToDraft(world.store, entry, await draftFrom(world, account, entry)))
    if (draft) await rethread(world.store, account, entry.conversationKey)
    return draft
  })
  if (draft) world.changed(account.id, ['outbox', 'drafts', 'thread', 'dialogues'])
  return draft
}

/** written, refused → (dropped). False where it is too late. */
export async function drop(world: World, account: AccountRow, key: string): Promise<boolean> {
  const dropped = await inOneStep(world.store, async () => {
    const entry = await dropEntry(world.store, account.id, key)
    if (entry) await rethread(world.store, account, entry.conversationKey)
    return entry
  })
  if (dropped) world.changed(account.id, ['outbox', 'thread', 'dialogues'], dropped.conversationKey)
  return dropped !== undefined
}

/** What nobody can prove, the person says. */
export async function personSays(
  world: World,
  account: AccountRow,
  key: string,
  arrived: boolean,
): Promise<void> {
  const kind = arrived ? 'person-says-arrived' : 'person-says-lost'
  await moveEntry(world.store, account.id, key, { kind })
  world.changed(account.id, ['outbox', 'thread'])
}
