import type { AccountRow } from '../store/rows.ts'
import type { Connection, World } from './world.ts'

/** By so many seconds an offset may be wrong before it is stored anew. */
const CLOSE_ENOUGH = 10

/**
 * What waits for a time is not judged by a clock that may be days wrong: the site is asked the time, by one small
 * request, unless it has answered this worker already.
 */
export async function makeSureOfTime(
  { clockOffset }: World,
  { moodle }: Connection,
  account: AccountRow,
): Promise<void> {
  if (!clockOffset || clockOffset(account) !== undefined) return
  await moodle.call('core_message_get_unread_conversations_count', { useridto: account.userId })
}

/** For the next worker, until the site has answered it. */
export async function rememberTime({ store, clockOffset }: World, account: AccountRow): Promise<void> {
  const offset = clockOffset?.(account)
  if (offset === undefined || Math.abs(offset - (account.clockOffset ?? 0)) <= CLOSE_ENOUGH) return
  await store.accounts.update(account.id, { clockOffset: offset })
}
