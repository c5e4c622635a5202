import type { OutboxState } from './outbox.ts'
import type { TroubleKind } from './trouble.ts'

/**
 * What the worker notes down of its work: kinds, numbers, function names and durations, so that the log may be shown
 * to anybody. Nothing that a person wrote or is called has a place in it, and `admit` holds even what has one.
 */
export type Note =
  | { kind: 'start' }
  | { kind: 'request'; functions: string[]; tookMs: number; fault?: string; status?: number; code?: string }
  | { kind: 'news'; conversations: number; unread: number }
  | { kind: 'round'; tookMs: number; trouble?: TroubleKind }
  | { kind: 'step'; tookMs: number }
  | { kind: 'send'; attempt: number; state: OutboxState; trouble?: TroubleKind }
  | { kind: 'settle'; state: OutboxState }
  | { kind: 'trouble'; trouble?: TroubleKind }
  | { kind: 'wait'; seconds: number; because: WaitReason }

/** Why the next look is when it is. */
export type WaitReason = 'asked' | 'failed' | 'away' | 'idle' | 'in-use' | 'reading'

/** What came of a round, gathered from the notes that were taken while it lasted. */
export interface RoundSum {
  requests: number
  conversations: number
  unread: number
}

/** `account` is a number of this browser session; whose it is stands elsewhere. */
export type LogEntry = Note & Partial<RoundSum> & { timeMs: number; account?: number }

export interface Log {
  /** Oldest first. */
  entries: LogEntry[]
  /** How often each kind of trouble, fault or refusal came up, by account: `1 unreachable`. */
  errors: Record<string, number>
  /** Functions that a site refused, by account: `1 core_course_search_courses`. */
  refused: string[]
}

export const EMPTY_LOG: Log = { entries: [], errors: {}, refused: [] }
export const LOG_LENGTH = 200

/** Which words the log knows; everything else is `other`. */
export interface Vocabulary {
  isFunction(name: string): boolean
  isCode(code: string): boolean
}

const KINDS: Record<Note['kind'], true> = {
  start: true,
  request: true,
  news: true,
  round: true,
  step: true,
  send: true,
  settle: true,
  trouble: true,
  wait: true,
}
const NUMBERS = ['tookMs', 'status', 'conversations', 'unread', 'attempt', 'seconds'] as const
const WORDS = {
  fault: 'unreachable bad-status malformed moodle not-attempted params out-of-reach',
  state: 'written sending unconfirmed delivered refused',
  because: 'asked failed away idle in-use reading',
  trouble: `offline unreachable broken-answer signed-out other-user logged-in-as guest switched-role maintenance
    messaging-off web-services-off policy password-change profile-incomplete suspended token-refused not-permitted
    recipient-refuses empty too-long not-proven taken-over storage site-not-allowed unknown`,
}
const KNOWN = new Map(Object.entries(WORDS).map(([field, words]) => [field, new Set(words.split(/\s+/))]))

/** The note as the log may hold it: numbers, and words from closed lists. */
export function admit(note: Note, words: Vocabulary): Note | undefined {
  if (KINDS[note.kind] !== true) return undefined
  const given: Record<string, unknown> = { ...note }
  const held: Record<string, unknown> = { kind: note.kind }
  for (const field of NUMBERS) {
    if (typeof given[field] === 'number') held[field] = Math.round(given[field])
  }
  for (const [field, known] of KNOWN) {
    const word = given[field]
    if (word !== undefined) held[field] = typeof word === 'string' && known.has(word) ? word : 'other'
  }
  if (note.kind === 'request') {
    held.functions = note.functions.map((name) => (words.isFunction(name) ? name : 'other'))
    if (note.code !== undefined) held.code = words.isCode(note.code) ? note.code : 'other'
  }
  return held as Note
}

/** Codes with which a site says that a function is not for this person. */
const REFUSALS = new Set(['accessexception', 'servicenotavailable', 'nopermissions', 'nopermission'])

function errorOf(entry: LogEntry): string | undefined {
  if (entry.kind === 'request') return entry.code ?? entry.fault
  return entry.kind === 'send' || entry.kind === 'trouble' ? entry.trouble : undefined
}

function sumOf(entries: readonly LogEntry[], round: LogEntry & { kind: 'round' }): RoundSum {
  const during = entries.filter(
    ({ account, timeMs }) => account === round.account && timeMs >= round.timeMs - round.tookMs,
  )
  const sum = { requests: 0, conversations: 0, unread: 0 }
  for (const entry of during) {
    if (entry.kind === 'request') sum.requests++
    if (entry.kind !== 'news') continue
    sum.conversations += entry.conversations
    sum.unread = entry.unread
  }
  return sum
}

function counted(errors: Log['errors'], entry: LogEntry): Log['errors'] {
  const error = errorOf(entry)
  if (error === undefined) return errors
  const name = `${entry.account ?? 0} ${error}`
  return { ...errors, [name]: (errors[name] ?? 0) + 1 }
}

function refusedAfter(refused: string[], entry: LogEntry): string[] {
  if (entry.kind !== 'request' || entry.code === undefined || !REFUSALS.has(entry.code)) return refused
  return [...new Set([...refused, ...entry.functions.map((name) => `${entry.account ?? 0} ${name}`)])]
}

/** The log with one entry more, and at most its length. */
export function addToLog(log: Log, entry: LogEntry): Log {
  const summed = entry.kind === 'round' ? { ...entry, ...sumOf(log.entries, entry) } : entry
  return {
    entries: [...log.entries, summed].slice(-LOG_LENGTH),
    errors: counted(log.errors, entry),
    refused: refusedAfter(log.refused, entry),
  }
}
