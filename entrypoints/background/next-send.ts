import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import { quietUntilMs } from '../../lib/dialogue/quiet-hours.ts'
import { accountWith } from '../../lib/store/accounts.ts'
import type { Store } from '../../lib/store/db.ts'
import { entriesAs } from '../../lib/store/outbox.ts'
import { activeRules } from '../../lib/store/rules.ts'
import { siteClock } from './connect.ts'

/** When something of this account may next leave by itself; infinity where nothing waits for a time. */
export async function nextSendMs(db: Store, accountId: AccountId): Promise<number> {
  const account = await accountWith(db, accountId)
  const quiet = quietUntilMs(account?.quietHours, Date.now()) ?? 0
  const written = await entriesAs(db, accountId, ['written'])
  const aheadMs = account ? siteClock.serverTime(account) * 1000 - Date.now() : 0
  const sends = written.map(({ notBeforeMs, evenInQuietHours, sendAt = 0 }) =>
    Math.max(notBeforeMs, sendAt * 1000 - aheadMs, evenInQuietHours ? 0 : quiet),
  )
  // A rule whose time has come is looked after by every round.
  const rules = (await activeRules(db, accountId))
    .map(({ notBeforeMs = 0, timeNotBefore = 0, evenInQuietHours }) =>
      Math.max(notBeforeMs, timeNotBefore * 1000 - aheadMs, evenInQuietHours ? 0 : quiet),
    )
    .filter((ms) => ms > Date.now())
  return Math.min(Number.POSITIVE_INFINITY, ...sends, ...rules)
}
