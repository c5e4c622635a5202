import type { Draft } from '../dialogue/draft.ts'
import { mayDrop, mayTakeBack } from '../dialogue/outbox.ts'
import { outboxToDraft } from '../store/drafts.ts'
import { entryOf, moveEntry, removeEntry } from '../store/outbox.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
import type { World } from './world.ts'
import { draftFrom } from './write.ts'

/** written, refused → (draft). Undefined where it is too late: the entry is on its way. */
export async function takeBack(world: World, account: AccountRow, key: string): Promise<Draft | undefined> {
  const entry = await entryOf(world.store, account.id, key)
  if (!entry || !mayTakeBack(entry)) return undefined
  const draft = await outboxToDraft(world.store, entry, await draftFrom(world, account, entry))
  await rethread(world.store, account, entry.conversationKey)
  world.changed(account.id, ['outbox', 'drafts', 'thread', 'dialogues'], entry.conversationKey)
  return draft
}

/** written, refused → (dropped). False where it is too late. */
export async function drop(world: World, account: AccountRow, key: string): Promise<boolean> {
  const entry = await entryOf(world.store, account.id, key)
  if (!entry || !mayDrop(entry)) return false
  await removeEntry(world.store, account.id, key)
  await rethread(world.store, account, entry.conversationKey)
  world.changed(account.id, ['outbox', 'thread', 'dialogues'], entry.conversationKey)
  return true
}

/** What nobody can prove, the person says. */
export async function personSays(
  world: World,
  account: AccountRow,
  key: string,
  arrived: boolean,
): Promise<void> {
  await moveEntry(world.store, account.id, key, {
    kind: arrived ? 'person-says-arrived' : 'person-says-lost',
  })
  world.changed(account.id, ['outbox', 'thread'])
}
