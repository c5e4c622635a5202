import type { Chosen } from './chosen.ts'
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

export interface PutAbove {
  revision: string
  words: string
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
  /** Made anew whenever it is saved: two tabs may write at one draft. */
  revision?: string
  /** With what is to be saved or sent: the revisions that its words took up. */
  basedOn?: readonly string[]
  /** Words of messages taken back that were put above a revision, the last topmost: its sender may not know of them. */
  putAbove?: readonly PutAbove[]
  /** Answers. */
  conversationKey?: ConversationKey
  dialogueId?: DialogueId
  /** What it does besides saying something; its words may be none then. */
  does?: 'close' | 'reopen'
  /** New dialogues. */
  to?: Participant
  /** Instead of `to`: a private copy each. */
  several?: Chosen[]
  subject?: string
  about?: About
  repliesExpected?: boolean
  /** Stands under the words when they leave, as the composer shows it; empty: left out by the person. */
  signature?: string
  /** With what is sent: not before this time of the site's. */
  sendAt?: number
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

function isLonger(one: string, other: string): boolean {
  return one.startsWith(other.trimEnd())
}

function longer(mine: string, theirs: string): string | undefined {
  if (isLonger(mine, theirs)) return mine
  return isLonger(theirs, mine) ? theirs : undefined
}

export function isForAnother(mine: Draft, theirs: Draft): boolean {
  return mine.to !== undefined && theirs.to !== undefined && mine.to.id !== theirs.to.id
}

/** Where one only goes on with what the other says. */
export function mergedDraft(mine: Draft, theirs: Draft): Draft | undefined {
  const text = longer(mine.text, theirs.text)
  const subject = longer(mine.subject ?? '', theirs.subject ?? '')
  if (text === undefined || subject === undefined) return undefined
  return { ...theirs, ...mine, text, ...(subject === '' ? {} : { subject }) }
}

/** Words that come back stand above what was begun since. */
export function withReturned(returned: Draft, begun: Draft | undefined): Draft {
  if (!begun || isEmptyDraft(begun)) return returned
  const whole = { ...returned, text: `${returned.text}\n\n${begun.text}` }
  if (begun.revision === undefined) return whole
  return {
    ...whole,
    putAbove: [...(begun.putAbove ?? []), { revision: begun.revision, words: returned.text }],
  }
}

/** What stays of a stored draft once `sent` is sent, which was written without knowing all of it. */
export function withoutSent(stored: Draft, sent: Pick<Draft, 'text' | 'revision' | 'basedOn'>): Draft {
  const known = new Set([...(sent.basedOn ?? []), sent.revision])
  const { putAbove = [], ...kept } = stored
  const above = putAbove.slice(putAbove.findLastIndex(({ revision }) => known.has(revision)))
  if (!putAbove.some(({ revision }) => known.has(revision)))
    return { ...stored, text: stored.text.replace(sent.text, '').trim() }
  return {
    ...kept,
    text: above
      .map(({ words }) => words)
      .toReversed()
      .join('\n\n'),
  }
}

/** Nothing of either is lost; the person takes out what is too much. */
export function bothDrafts(mine: Draft, theirs: Draft): Draft {
  const text = [theirs.text, mine.text].filter((part) => part.trim() !== '').join('\n\n')
  return { ...theirs, ...mine, text }
}
