import type { AccountId } from '../dialogue/dialogue.ts'
import type { LogEntry, WaitReason } from '../dialogue/log.ts'
import type { OutboxState } from '../dialogue/outbox.ts'
import type { SyncView } from '../dialogue/views.ts'

/** How Aside is doing, for the person and for whoever helps. Screens show it; `reportOf` makes what may be copied. */
export interface Diagnostics {
  timeMade: number
  bytes?: number
  quota?: number
  accounts: AccountDiagnostics[]
  /** Oldest first. */
  log: LogEntry[]
}

export interface AccountDiagnostics {
  accountId: AccountId
  siteName: string
  /** Under this number the log has it; absent: it did nothing since the browser was started. */
  number?: number
  sync: SyncView
  failures: number
  /** Seconds: the next look at the site. */
  timeNext?: number
  because?: WaitReason
  errors: { kind: string; count: number }[]
  outbox: { state: OutboxState; count: number; timeOldest: number }[]
  rows: Record<string, number>
  transport?: 'session' | 'token'
  /** Seconds by which the site's clock is ahead of this computer's. */
  clockOffset?: number
  release?: string
  refused: string[]
}
