import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import { screensAreOpen } from './changes.ts'

/** Somebody who has asked nothing for so long has turned away from the screen. */
const ATTENTION_MS = 3 * 60_000

interface Reading {
  untilMs: number
  /** Unix seconds of the newest message before their eyes. */
  timeNewest: number
}

/** In the worker's memory only: a worker that was stopped was not needed by any reader. */
const readings = new Map<AccountId, Reading>()

/** A dialogue of this account was opened, scrolled or written in. */
export function noteReading(accountId: AccountId, timeNewest: number): void {
  readings.set(accountId, { untilMs: Date.now() + ATTENTION_MS, timeNewest })
}

/** The newest message that is being read, or undefined when nobody reads. */
export function newestRead(accountId: AccountId): number | undefined {
  const reading = readings.get(accountId)
  return reading && reading.untilMs > Date.now() && screensAreOpen() ? reading.timeNewest : undefined
}
