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
  | { kind: 'looked-in-vain'; timeServer: number; nothingLikeIt?: boolean }
  | { kind: 'person-says-arrived' }
  | { kind: 'person-says-lost' }

const LOOKS_AFTER = [120, 300] as const

/** The entry after the event; `undefined` where there is no such arrow, and nothing may be stored. */
export function step(entry: OutboxEntry, event: OutboxEvent): OutboxEntry | undefined {
  switch (event.kind) {
    case 'due':
      return entry.state === 'written' && entry.notBeforeMs <= event.nowMs ? sending(entry, event) : undefined
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

function sending(entry: OutboxEntry, event: OutboxEvent & { kind: 'due' }): OutboxEntry {
  return {
    ...settled(entry, 'sending'),
    lease: { holder: event.holder, untilMs: event.untilMs },
    attempts: entry.attempts + 1,
    timeAttempted: event.timeServer,
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
  const time = timeOfNextLook(entry)
  if (time === undefined || event.timeServer < time) return undefined
  const looked = { ...entry, looks: entry.looks + 1 }
  if (looked.looks < LOOKS_AFTER.length) return looked
  if (isProvable(entry) || event.nothingLikeIt) return settled(entry, 'written')
  return { ...looked, trouble: { kind: 'not-proven', mender: 'person' } }
}

/** In another state, without what belonged to the one before. */
function settled(entry: OutboxEntry, state: OutboxState): OutboxEntry {
  const { lease: _lease, trouble: _trouble, ...rest } = entry
  return { ...rest, state, looks: 0 }
}

function answers(entry: OutboxEntry, { attempt }: { attempt?: number }): boolean {
  return entry.state === 'sending' && (attempt === undefined || attempt === entry.attempts)
}

function mayBeThere(entry: OutboxEntry): boolean {
  if (entry.state === 'written') return entry.attempts > 0
  return entry.state === 'sending' || entry.state === 'unconfirmed'
}
