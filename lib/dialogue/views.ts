import type { BegunRow } from './begun.ts'
import type { AccountId, DialogueRef, DialogueState } from './dialogue.ts'
import type { About, Draft } from './draft.ts'
import type { OutboxState } from './outbox.ts'
import type { Participant } from './participant.ts'
import type { Trouble } from './trouble.ts'

/** Plain data that screens draw. Everything in it may cross an extension message. */

export interface Course {
  id: number
  name: string
}

export type ConversationKind = 'individual' | 'group' | 'self'

/** One line of the list. */
export interface DialogueRow {
  ref: DialogueRef
  kind: ConversationKind
  /** Without one it is the general dialogue of its conversation. */
  subject?: string
  /** The others; for a group, its name stands in `groupName`. */
  people: Participant[]
  groupName?: string
  /** Plain text, one line. */
  snippet?: { mine: boolean; authorName?: string; text: string }
  timeLast: number
  unread: number
  state: DialogueState
  /** The last word is theirs; it is mine. */
  needsAnswer: boolean
  waiting: boolean
  course?: Course
  about?: About
  /** The worst of what is on its way; where it was put off, until when. */
  outbox?: Exclude<OutboxState, 'delivered'>
  sendAt?: number
  hasDraft: boolean
  isMuted: boolean
  isFavourite: boolean
  /** The person's own name for it; the subject stays what it is. */
  name?: string
  labels: string[]
  isDone: boolean
  unreadAgain: boolean
  snoozedUntil?: number
  group?: string
}

export type Scope =
  | { kind: 'all' }
  | { kind: 'course'; courseId: number }
  /** Named where it is another page than one stands on. */
  | { kind: 'page'; courseId?: number; cmid?: number; url: string; name?: string }

/** Moodle knows none of these; they are read from the dialogues and from the person's own marks. */
export type Filter =
  | 'all'
  | 'unread'
  | 'needs-answer'
  | 'waiting'
  | 'drafts'
  /** Begun by this person, and nobody has said anything yet. */
  | 'unanswered'
  /** Closed for both, or done with. */
  | 'closed'
  | 'snoozed'
  | `label:${string}`

export function labelFilter(label: string): Filter {
  return `label:${label}`
}

export type Sort = 'unread' | 'latest' | 'oldest' | 'first-name' | 'last-name' | 'messages'

export type Grouping = 'none' | 'person' | 'activity'

export interface ListQuery {
  /** Without one: all accounts (the extension's own pages only). */
  accountId?: AccountId
  scope: Scope
  filter: Filter
  /** Without one: unread first, then the latest. */
  sort?: Sort
  /** Brings an order of its own. */
  group?: Grouping
  limit: number
  /** From `DialogueList.next`. */
  cursor?: string
}

export interface Counts {
  unread: number
  needsAnswer: number
  waiting: number
}

/** Of the filters in the menu; counted when it opens, for each count takes the browser some milliseconds. */
export interface MoreCounts {
  drafts: number
  unanswered: number
  closed: number
  snoozed: number
  labels: { label: string; dialogues: number }[]
}

/** Rows that stand together, by the key in their `group`. */
export interface RowGroup {
  accountId: AccountId
  key: string
  dialogues: number
  unread: number
}

export interface DialogueList {
  rows: DialogueRow[]
  counts?: Counts
  /** Of the groups that these rows are of. */
  groups?: RowGroup[]
  /** With the filter `drafts`: what does not exist yet. */
  begun?: BegunRow[]
  next?: string
  sync: SyncView
}

export type SyncPhase = 'first-sync' | 'up-to-date' | 'syncing' | 'waiting' | 'paused'

export interface SyncView {
  phase: SyncPhase
  trouble?: Trouble
  timeLastRound?: number
  /** First sync: conversations read so far. */
  progress?: number
  /** Conversations in which older dialogues are still looked for. */
  older?: number
}

export interface MessageView {
  id: number
  authorId: number
  authorName: string
  mine: boolean
  /** As Moodle rendered it, link taken off; not yet sanitised. */
  html: string
  timeCreated: number
  unread: boolean
  /** Filed here by guess. */
  guessed: boolean
  /** The link's text where it differs from the subject. */
  linkText?: string
  does?: 'close' | 'reopen'
  afterClosing?: boolean
  /** It says itself where it belongs, so it cannot be moved. */
  hasLink: boolean
  /** The address that leads to it. */
  address?: string
}

/** An outbox entry as the thread shows it. */
export interface EntryView {
  key: string
  state: OutboxState
  html: string
  timeWritten: number
  /** While written: not before this time (undo, waiting; milliseconds), nor before that which it is put off to. */
  notBeforeMs: number
  sendAt?: number
  canUndo: boolean
  /** Held back by an unsettled entry before it. */
  heldBack: boolean
  /** Quiet hours hold it until then. */
  quietUntilMs?: number
  /** The person wants it sent in quiet hours too. */
  evenInQuietHours?: boolean
  trouble?: Trouble
}

export interface ThreadView {
  ref: DialogueRef
  kind: ConversationKind
  subject?: string
  people: Participant[]
  groupName?: string
  course?: Course
  about?: About
  state: DialogueState
  closedBy?: { name: string; time: number }
  isMuted: boolean
  isFavourite: boolean
  /** The person's own name for it. */
  name?: string
  labels: string[]
  /** Only on the extension's own pages. */
  note?: string
  isDone: boolean
  unreadAgain: boolean
  snoozedUntil?: number
  mayDeleteForAll: boolean
  /** Oldest first. */
  messages: MessageView[]
  entries: EntryView[]
  /** There are older ones, here or on the site. */
  older: boolean
  /** First unread message when the thread was opened. */
  firstUnreadId?: number
  canAnswer: boolean
  /** Why not, or what to know before answering. */
  trouble?: Trouble
  noAnswerExpected: boolean
  draft?: Draft
  sync: SyncView
}

/** One of the dialogues with the same people. */
export interface Sibling {
  dialogueId: string
  /** None: the general one. */
  subject?: string
  timeLast: number
}

/** What this computer and the site know of one person, for one account. */
export interface PersonCard extends Participant {
  profileUrl: string
  /** Blocked by this account. */
  isBlocked: boolean
  isMuted: boolean
  isFavourite: boolean
  /** In which both are, as far as is known here. */
  courses: (Course & {
    roles?: string[]
    groups?: string[]
    timeLastAccess?: number
    /** The site's own words, where it gives no time. */
    lastAccess?: string
  })[]
  dialogues: DialogueRow[]
  /** The site could not be asked: what may be old. */
  trouble?: Trouble
}

export type { AccountState, AccountView } from './account-view.ts'

/** A person that a new dialogue may be written to. */
export interface Recipient extends Participant {
  /** Already known to be unreachable, with the reason. */
  trouble?: Trouble
}
