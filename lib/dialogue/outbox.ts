import type { AccountId, ConversationKey, DialogueId } from './dialogue.ts'
import type { Trouble } from './trouble.ts'

/*
 * written ──────► sending        its time has come; stored first, with a lease
 * written ──────► (draft)        undone or taken back
 * written ──────► (dropped)      dropped by the person
 * sending ──────► delivered      Moodle answered with a message id, or the server shows the message; of a rule's, its
 *                                person says so, and the entry stays `sending` until it is filed (arrivals.ts)
 * sending ──────► refused        Moodle said no for this recipient
 * sending ──────► written        surely not executed
 * sending ──────► unconfirmed    anything else, or the lease ran out
 * unconfirmed ──► delivered      the server shows it, or the person says so where no proof is possible
 * unconfirmed ──► written        two looks, 2 and 5 minutes after the attempt, do not show it, or the person says so
 *                                where no proof is possible
 * written ──────► written        this computer's clock was put back: its time is counted anew
 * written ──────► written        the person wants it sent at once, whatever time it was put off to
 * written ──────► delivered      after an attempt only: the server shows it after all
 * delivered ────► (gone)         the thread holds the message itself
 * refused ──────► (draft)        the person takes it back
 * refused ──────► (dropped)      dropped by the person
 */
export type OutboxState = 'written' | 'sending' | 'unconfirmed' | 'delivered' | 'refused'

export interface OutboxEntry {
  /** The message's key `m`, the idempotency key that Moodle lacks. */
  key: string
  accountId: AccountId
  conversationKey: ConversationKey
  dialogueId: DialogueId
  /** Order within the account; rises by one. */
  position: number
  /** As typed, for editing. */
  text: string
  /** As sent. */
  html: string
  hasLink: boolean
  subject?: string
  courseId?: number
  aboutUrl?: string
  aboutName?: string
  repliesExpected?: boolean
  /** Closes or reopens its dialogue; a sentence saying so stands above the words. */
  does?: 'close' | 'reopen'
  /** The rule whose message this is; its person's standing moves along. */
  ruleId?: string
  /** The person said so. */
  evenInQuietHours?: boolean
  /** Put off by the person: not before this time of the site's. */
  sendAt?: number
  /** What stands under the words in `html`, or that the person left it out. */
  signature?: string
  state: OutboxState
  timeWritten: number
  /** Milliseconds of this computer's clock. */
  notBeforeMs: number
  lease?: { holder: string; untilMs: number }
  /** The same clock when it was written; it may be put back since. */
  writtenMs?: number
  attempts: number
  /** Server time of the last attempt. */
  timeAttempted?: number
  /** By how many seconds the site's clock, as it was known then, was ahead of this computer's. */
  clockOffset?: number
  looks: number
  /** The newest message held of its conversation when it was last attempted: what arrived has a higher id. */
  newestIdBefore?: number
  /** Something that could be it was seen; it may be deleted since. */
  alikeSeen?: boolean
  messageId?: number
  trouble?: Trouble
}

export { isProvable, type OutboxEvent, step, timeOfNextLook } from './outbox-step.ts'

/** By undo, or to write it anew. */
export function mayTakeBack(entry: OutboxEntry): boolean {
  return entry.state === 'written' || entry.state === 'refused'
}

export function mayDrop(entry: OutboxEntry): boolean {
  return entry.state === 'written' || entry.state === 'refused'
}

/** Whether it is on its way still; such an entry holds back those behind it. A refusal is an answer. */
export function isUnsettled({ state }: OutboxEntry): boolean {
  return UNSETTLED.includes(state)
}

export const UNSETTLED: readonly OutboxState[] = ['written', 'sending', 'unconfirmed']

export function isHeldBack(entry: OutboxEntry, entries: readonly OutboxEntry[]): boolean {
  return entry.state === 'written' && heads(entries).get(conversationOf(entry)) !== entry
}

/** Put off to later; until then it holds nothing back. */
export function isPutOff({ state, sendAt = 0 }: OutboxEntry, timeServer: number): boolean {
  return state === 'written' && sendAt > timeServer
}

/** What may leave now: of each conversation the first entry that is unsettled, if its time has come. */
export function nextToSend(
  entries: readonly OutboxEntry[],
  nowMs: number,
  timeServer: number,
): OutboxEntry[] {
  const isDue = (entry: OutboxEntry) => entry.state === 'written' && entry.notBeforeMs <= nowMs
  const waiting = entries.filter((entry) => !isPutOff(entry, timeServer))
  return [...heads(waiting).values()].filter(isDue).sort(byPosition)
}

function heads(entries: readonly OutboxEntry[]): Map<string, OutboxEntry> {
  const first = new Map<string, OutboxEntry>()
  for (const entry of entries.filter(isUnsettled)) {
    const other = first.get(conversationOf(entry))
    if (!other || byPosition(entry, other) < 0) first.set(conversationOf(entry), entry)
  }
  return first
}

function byPosition(a: OutboxEntry, b: OutboxEntry): number {
  return a.position - b.position
}

function conversationOf(entry: OutboxEntry): string {
  return `${entry.accountId} ${entry.conversationKey}`
}
