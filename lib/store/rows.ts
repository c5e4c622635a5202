import type { AccountId, ConversationKey, DialogueId, DialogueState } from '../dialogue/dialogue.ts'
import type { Link } from '../dialogue/link.ts'
import type { Pace } from '../dialogue/pace.ts'
import type { Habit } from '../dialogue/permission.ts'
import type { QuietHours } from '../dialogue/quiet-hours.ts'
import type { Roster } from '../dialogue/roster.ts'
import type { Signatures } from '../dialogue/signature.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import type { ConversationKind } from '../dialogue/views.ts'

/** What is kept. Every row but settings begins with its account. */

export interface AccountRow {
  id: AccountId
  wwwroot: string
  /** Earlier addresses of the same site; links to them stay readable. */
  formerWwwroots: string[]
  siteName: string
  userId: number
  fullName: string
  onlyMe: boolean
  timeSwitchedOn: number
  /** Locked: logged out on purpose; nothing of it is shown until the next login. */
  locked: boolean
  /** Nothing leaves then, unless the person says so. */
  quietHours?: QuietHours
  signatures?: Signatures
  /** Seconds by which the site's clock was ahead of this computer's, when it last answered. */
  clockOffset?: number
  /** Rises whenever what was cached is wiped, so that nothing under way brings it back. */
  forgotten?: number
}

export interface TokenRow {
  accountId: AccountId
  iv: Uint8Array<ArrayBuffer>
  sealed: ArrayBuffer
}

export interface KeyRow {
  id: 'tokens'
  key: CryptoKey
}

export interface ConversationRow {
  accountId: AccountId
  key: ConversationKey
  kind: ConversationKind
  /** Unknown until the first message reached the site. */
  conversationId?: number
  name?: string
  memberIds: number[]
  isMuted: boolean
  isFavourite: boolean
  timeLast: number
  /** The start of the conversation is held here. */
  complete: boolean
  /** Everything from this message on is held without a gap. */
  heldFromId?: number
  /** … up to this one; later ones may be held beyond a gap. */
  heldToId?: number
  /** Read before the person asks, because it carries dialogues. */
  historyWanted: boolean
  /** … back to this message, the oldest that is known to carry a link. */
  wantedFromId?: number
  /** The site lets this person delete messages for everyone here. */
  mayDeleteForAll?: boolean
}

export interface MessageRow {
  accountId: AccountId
  key: ConversationKey
  id: number
  authorId: number
  timeCreated: number
  /** As rendered by Moodle, without the link. */
  html: string
  link?: Link
  /** 1 or 0, because an index holds no booleans. */
  unread: 0 | 1
  /** Only a number said so, and not which. */
  unreadGuess?: true
  dialogueId: DialogueId
  guessed: boolean
  afterClosing: boolean
  /** A tombstone: deleted here on one's own side; its link goes on telling. */
  isDeleted?: boolean
}

/** One dialogue as the list needs it, made anew whenever its conversation changes. */
export interface DialogueRecord {
  accountId: AccountId
  key: ConversationKey
  dialogueId: DialogueId
  kind: ConversationKind
  subject?: string
  courseId?: number
  url?: string
  openerId?: number
  repliesExpected: boolean
  state: DialogueState
  closedBy?: { userId: number; time: number }
  timeLast: number
  lastAuthorId?: number
  lastText: string
  unread: number
  ruleId?: string
  /** Messages held. */
  count: number
  /** Somebody else has said something in it. */
  isAnswered: boolean
  /** The newest message of somebody else. */
  lastReceivedId?: number
  hasDraft?: boolean
  /** Stands in the one row of a message to several people, and not for itself. */
  isFolded?: true
  /** What the person has marked it with, see `MarkRow`. */
  marks?: MarksOfRecord
  /** Index entries, see `lists.ts` and `orders.ts`. */
  lists: string[]
  orders: Orders
}

/** Where a dialogue stands in orders other than by time; no two are equal. */
export interface Orders {
  first: string
  last: string
  count: string
  activity: string
}

export interface MarksOfRecord {
  labels?: string[]
  name?: string
  unreadAgain?: boolean
  done?: boolean
  snoozedUntil?: number
}

/** What a person has marked a dialogue with, for their own eyes; the site knows nothing of it. */
export interface MarkRow {
  accountId: AccountId
  key: ConversationKey
  dialogueId: DialogueId
  /** Done with what was said up to this message of somebody else. */
  doneToId?: number | undefined
  unreadAgain?: boolean | undefined
  /** Out of the lists until then (unix seconds), or until somebody says something after `afterId`. */
  snooze?: { until: number; afterId: number } | undefined
  labels?: string[] | undefined
  name?: string | undefined
  note?: string | undefined
}

/** A message that the person has put into another dialogue; see `threads`. */
export interface MoveRow {
  accountId: AccountId
  key: ConversationKey
  id: number
  dialogueId: DialogueId
}

export interface PersonRow {
  accountId: AccountId
  id: number
  fullName: string
  pictureUrl?: string
  isDeleted: boolean
  canMessage?: boolean
  requiresContact?: boolean
  /** When the site was last asked whether this account may write to them. */
  timeReachAsked?: number
}

export interface CourseRow {
  accountId: AccountId
  id: number
  name: string
  timePlacesRead?: number
  /** Activities that only those who look after the course can open, as of then. */
  hiddenCmids?: number[]
  /** Ids of assignments by their cmid, as far as pages have told them. */
  assignments?: Record<number, number>
}

/** A course's people, as they were last read. */
export interface RosterRow extends Roster {
  accountId: AccountId
}

/** Who writes to whom in a course, as the person set it; course 0 is the whole site. */
export interface HabitRow {
  accountId: AccountId
  courseId: number
  habit: Habit
}

/** Names of pages, learned when a dialogue was begun there. */
export interface PlaceRow {
  accountId: AccountId
  url: string
  name: string
}

/** One of one's own messages that has arrived. */
export interface LedgerRow {
  accountId: AccountId
  /** The message's key `m`. */
  key: string
  conversationKey: ConversationKey
  messageId?: number
  /** A fingerprint of what was typed, of messages sent from here. */
  words?: string
}

export interface SyncRow {
  accountId: AccountId
  /** Where the first reading of all conversations stands; absent when it is done. */
  listOffset?: number
  listDone: boolean
  /** Conversations whose older dialogues are still to be read. */
  historiesLeft?: number
  timeLastRound?: number
  timeLastSlowRound?: number
  timeLastForgotten?: number
  /** Milliseconds of this computer's clock: no round before it. */
  nextRoundMs: number
  failures: number
  trouble?: Trouble
  /** Marked read here, not yet told to the site. */
  readsToTell: number[]
  groupUnread: number
  /** Up to this message the site has named those of the newest that are unread. */
  unreadKnownToId?: number
  /** When the disk was last full and older words were forgotten for it. */
  timeFull?: number
  /** Up to here people were asked after, one stretch a day. */
  askedToPersonId?: number
  timePeopleAsked?: number
  /** Listed as unread by the site, shown in no conversation. */
  ghosts: number[]
  /** How a rule's messages leave: how many in one request, and how long each took the last time. */
  pace?: Pace
}
