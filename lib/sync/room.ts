import { accountsOf } from '../store/accounts.ts'
import { isFull, makeRoom } from '../store/room.ts'
import { changeSync } from '../store/sync-state.ts'
import type { World } from './world.ts'

async function makeRoomAndSay(world: World): Promise<void> {
  const { store } = world
  await makeRoom(store)
  for (const account of await accountsOf(store)) {
    await changeSync(store, account.id, { timeFull: world.serverTime(account) })
    world.changed(account.id, ['sync', 'dialogues', 'thread'])
  }
}

/**
 * Does `work`; where the disk is full, once more after the oldest words have gone. Drafts and the outbox stay.
 * Throws the error of the second attempt.
 */
export async function withRoom<T>(world: World, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isFull(error)) throw error
    await makeRoomAndSay(world).catch(() => undefined)
    return work()
  }
}
