import type { AccountId, DialogueRef } from './dialogue.ts'
import type { Marked } from './search.ts'
import type { Trouble } from './trouble.ts'
import type { ConversationKind, Scope } from './views.ts'

export interface SearchAsk {
  /** Without one: all accounts (the extension's own pages only). */
  accountId?: AccountId
  scope: Scope
  typed: string
  limit: number
}

/** A message that was found, or a dialogue found by its subject or its people. */
export interface SearchHit {
  ref: DialogueRef
  kind: ConversationKind
  subject?: Marked
  /** The other person, or the group; empty where one is alone. */
  people: Marked
  /** Without one: the dialogue as a whole. */
  messageId?: number
  mine: boolean
  /** In groups. */
  authorName?: string
  time: number
  snippet: Marked
}

export interface SearchAnswer {
  /** Newest first. */
  hits: SearchHit[]
  more: boolean
  /** Messages on this computer that the index has yet to take in. */
  toIndex: number
}

export interface ServerSearchAnswer {
  hits: SearchHit[]
  /** Where the next page begins, if there may be one. */
  next?: number
  trouble?: Trouble
}
