import type { AccountId, ConversationKey, DialogueId } from './dialogue.ts'
import type { Participant } from './participant.ts'

/** The page that a dialogue is about, as its recipient can open it. */
export interface About {
  /** Canonical address under the account's wwwroot, see `page.ts`. */
  url: string
  /** The name shown: "Essay 1". */
  name: string
  courseId?: number
  cmid?: number
}

/**
 * Written, never sent, on this computer only. `key` is `u5/k3f9a0qm2xtb` for an answer,
 * `new/…` for a dialogue that does not exist yet.
 */
export interface Draft {
  accountId: AccountId
  key: string
  text: string
  timeChanged: number
  /** Made when the draft begins, kept on every attempt to send it: a message asked for twice is one. */
  messageKey: string
  /** Answers. */
  conversationKey?: ConversationKey
  dialogueId?: DialogueId
  /** New dialogues. */
  to?: Participant
  subject?: string
  about?: About
  repliesExpected?: boolean
}

export function answerDraftKey(conversationKey: ConversationKey, dialogueId: DialogueId): string {
  return `${conversationKey}/${dialogueId}`
}

export function isNewDraftKey(key: string): boolean {
  return key.startsWith('new/')
}

/** Nothing a person would miss. */
export function isEmptyDraft(draft: Draft): boolean {
  return draft.text.trim() === ''
}
