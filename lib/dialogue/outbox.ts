import type { AccountId, ConversationKey, DialogueId } from './dialogue.ts'
import type { Trouble } from './trouble.ts'

/*
 * written ──────► sending        its time has come; stored first, with a lease
 * written ──────► (draft)        undone or taken back
 * written ──────► (dropped)      dropped by the person
 * sending ──────► delivered      Moodle answered with a message id
 * sending ──────► refused        Moodle said no for this recipient
 * sending ──────► written        surely not executed
 * sending ──────► unconfirmed    anything else, or the lease ran out
 * unconfirmed ──► delivered      the server shows it, or the person says so
 * unconfirmed ──► written        two looks, 2 and 5 minutes after the attempt, do not show it
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
  state: OutboxState
  timeWritten: number
  /** Milliseconds of this computer's clock. */
  notBeforeMs: number
  lease?: { holder: string; untilMs: number }
  attempts: number
  /** Server time of the last attempt. */
  timeAttempted?: number
  looks: number
  messageId?: number
  trouble?: Trouble
}
