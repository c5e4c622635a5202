import type { OutboxEntry, OutboxState } from './outbox.ts'
import type { Trouble } from './trouble.ts'

/**
 * What happens to an entry; the diagram stands in `outbox.ts`. `attempt`, where given, is `entry.attempts` as it was
 * stored before the request: the late answer of an earlier attempt then changes nothing it should not.
 */
export type OutboxEvent =
  | { kind: 'due'; holder: string; untilMs: number; nowMs: number; timeServer: number; newestId?: number }
  | { kind: 'delivered'; messageId: number }
  | { kind: 'refused'; trouble: Trouble; attempt?: number }
  | { kind: 'not-executed'; trouble: Trouble; attempt?: number; notBeforeMs?: number }
  | { kind: 'unclear'; trouble: Trouble; attempt?: number }
  | { kind: 'lease-lost'; nowMs: number; trouble: Trouble }
  | { kind: 'proven'; messageId: number }
  | { kind: 'looked-in-vain'; timeServer: number; nowMs?: number; nothingLikeIt?: boolean }
  | { kind: 'alike-seen' }
  | { kind: 'clock-put-back'; nowMs: number }
  | { kind: 'send-now' }
  | { kind: 'person-says-arrived' }
  | { kind: 'person-says-lost' }

const LOOKS_AFTER = [120, 300] as const

/** The entry after the event; `undefined` where there is no such arrow, and nothing may be stored. */
export function step(entry: OutboxEntry, event: OutboxEvent): OutboxEntry | undefined {
  switch (event.kind) {
    case 'due':
      return isDue(entry, event) ? sending(entry, event) : undefined
    case 'delivered':
    case 'proven':
      return mayBeThere(entry) ? { ...settled(entry, 'delivered'), messageId: event.messageId } : undefined
    case 'refused':
      return answers(entry, event) ? { ...settled(entry, 'refused'), trouble: event.trouble } : undefined
    case 'not-executed':
      return answers(entry, event) ? notExecuted(entry, event) : undefined
    case 'unclear':
      return answers(entry, event) ? { ...settled(entry, 'unconfirmed'), trouble: event.trouble } : undefined
    case 'lease-lost':
      if (entry.state !== 'sending' || (entry.lease && entry.lease.untilMs > event.nowMs)) return undefined
      return { ...settled(entry, 'unconfirmed'), trouble: event.trouble }
    case 'looked-in-vain':
      return lookedInVain(entry, event)
    case 'alike-seen':
      return mayBeThere(entry) && !entry.alikeSeen ? { ...entry, alikeSeen: true } : undefined
    case 'clock-put-back':
      return entry.state === 'written' ? countedAnew(entry, event.nowMs) : undefined
    case 'send-now':
      return entry.state === 'written' ? atOnce(entry) : undefined
    case 'person-says-arrived':
      return isAsked(entry) ? settled(entry, 'delivered') : undefined
    case 'person-says-lost':
      return isAsked(entry) ? settled(entry, 'written') : undefined
  }
}

/** Whether the server can be asked for it by its key. */
export function isProvable(entry: OutboxEntry): boolean {
  return entry.hasLink
}

/** Whether the person must say what nobody can prove. */
export function isAsked(entry: OutboxEntry): boolean {
  return entry.state === 'unconfirmed' && entry.trouble?.kind === 'not-proven'
}

/** Server time from which the next look counts. */
export function timeOfNextLook(entry: OutboxEntry): number | undefined {
  const wait = LOOKS_AFTER[entry.looks]
  if (entry.state !== 'unconfirmed' || entry.timeAttempted === undefined || wait === undefined)
    return undefined
  return entry.timeAttempted + wait
}

function isDue(
  { state, notBeforeMs, sendAt = 0 }: OutboxEntry,
  { nowMs, timeServer }: OutboxEvent & { kind: 'due' },
): boolean {
  return state === 'written' && notBeforeMs <= nowMs && sendAt <= timeServer
}

/** In quiet hours too. */
function atOnce({ sendAt: _, ...entry }: OutboxEntry): OutboxEntry {
  return { ...entry, evenInQuietHours: true }
}

function sending(entry: OutboxEntry, event: OutboxEvent & { kind: 'due' }): OutboxEntry {
  return {
    ...settled(entry, 'sending'),
    lease: { holder: event.holder, untilMs: event.untilMs },
    attempts: entry.attempts + 1,
    timeAttempted: event.timeServer,
    clockOffset: offsetAt(event.timeServer, event.nowMs),
    ...(event.newestId === undefined ? {} : { newestIdBefore: event.newestId }),
  }
}

function notExecuted(entry: OutboxEntry, event: OutboxEvent & { kind: 'not-executed' }): OutboxEntry {
  const notBeforeMs = event.notBeforeMs ?? entry.notBeforeMs
  return { ...settled(entry, 'written'), notBeforeMs, trouble: event.trouble }
}

/** Without a key, only the absence of anything that could be it says that it is not there. */
function lookedInVain(
  entry: OutboxEntry,
  event: OutboxEvent & { kind: 'looked-in-vain' },
): OutboxEntry | undefined {
  const moved = afterClockChange(entry, event)
  if (moved) return moved
  const time = timeOfNextLook(entry)
  if (time === undefined || event.timeServer < time) return undefined
  const looked = { ...entry, looks: entry.looks + 1 }
  if (looked.looks < LOOKS_AFTER.length) return looked
  if (isProvable(entry) || (event.nothingLikeIt && !entry.alikeSeen)) return settled(entry, 'written')
  return { ...looked, trouble: { kind: 'not-proven', mender: 'person' } }
}

function offsetAt(timeServer: number, nowMs: number): number {
  return timeServer - Math.floor(nowMs / 1000)
}

/** Seconds by which the two clocks may drift apart without either having been moved. */
const DRIFT = 30

/** The site's time is known from this computer's; where that has moved, nobody knows when the attempt was. */
function afterClockChange(
  entry: OutboxEntry,
  { timeServer, nowMs }: { timeServer: number; nowMs?: number },
): OutboxEntry | undefined {
  if (entry.state !== 'unconfirmed' || entry.clockOffset === undefined || nowMs === undefined)
    return undefined
  const clockOffset = offsetAt(timeServer, nowMs)
  // No attempt lies ahead: it was made by a wrong clock that the site had not put right yet.
  const isAhead = (entry.timeAttempted ?? 0) > timeServer + DRIFT
  if (Math.abs(clockOffset - entry.clockOffset) <= DRIFT && !isAhead) return undefined
  // Without an id to compare with, what could be it was told by its time.
  const alikeSeen = entry.alikeSeen || entry.newestIdBefore === undefined
  return { ...entry, timeAttempted: timeServer, clockOffset, looks: 0, alikeSeen }
}

function countedAnew(entry: OutboxEntry, nowMs: number): OutboxEntry | undefined {
  if (entry.writtenMs === undefined || nowMs >= entry.writtenMs) return undefined
  const wait = entry.notBeforeMs - entry.writtenMs
  return { ...entry, writtenMs: nowMs, notBeforeMs: nowMs + wait }
}

/** In another state, without what belonged to the one before. */
function settled(entry: OutboxEntry, state: OutboxState): OutboxEntry {
  const { lease: _lease, trouble: _trouble, alikeSeen, ...rest } = entry
  const mayBe = alikeSeen && state === 'unconfirmed'
  return { ...rest, state, looks: 0, ...(mayBe ? { alikeSeen } : {}) }
}

function answers(entry: OutboxEntry, { attempt }: { attempt?: number }): boolean {
  return entry.state === 'sending' && (attempt === undefined || attempt === entry.attempts)
}

function mayBeThere(entry: OutboxEntry): boolean {
  if (entry.state === 'written') return entry.attempts > 0
  return entry.state === 'sending' || entry.state === 'unconfirmed'
}
