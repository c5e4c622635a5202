import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'

/* What the search index is made of; as all rows, each begins with its account. */

/** A block of the search index, see `search-block.ts`. */
export interface TermsRow {
  accountId: AccountId
  /** Which words, by their beginning. */
  bucket: string
  /** 0 still takes in; the others are full. */
  block: number
  /** In block 0: how many full ones there are. */
  full: number
  bytes: Uint8Array<ArrayBuffer>
}

/** A message that the search index has yet to take in, anew or no longer. */
export interface UnindexedRow {
  accountId: AccountId
  key: ConversationKey
  id: number
  /** What it may be found by until then. */
  was: { html: string; subject?: string }[]
}
