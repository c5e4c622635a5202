import type { Addressed, NotLooked } from '../dialogue/address.ts'
import type { AccountId, DialogueId, DialogueRef } from '../dialogue/dialogue.ts'
import type { Draft } from '../dialogue/draft.ts'
import type { ExportedDialogue } from '../dialogue/export.ts'
import type { Marking } from '../dialogue/marks-of-own.ts'
import type { PageAsk, PagePeople } from '../dialogue/page-people.ts'
import type { Participant } from '../dialogue/participant.ts'
import type { QuietHours } from '../dialogue/quiet-hours.ts'
import type { SearchAnswer, SearchAsk, ServerSearchAnswer } from '../dialogue/search-hit.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import type {
  AccountView,
  DialogueList,
  ListQuery,
  MoreCounts,
  PersonCard,
  Scope,
  Sibling,
  ThreadView,
} from '../dialogue/views.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { HandOverProtocol } from './hand-over-protocol.ts'
import type { PeopleProtocol } from './people-protocol.ts'
import type { Policy } from './policy.ts'
import type { RuleProtocol } from './rule-protocol.ts'
import type { Settings } from './settings.ts'

/** Rises with every change that an older page could misunderstand; see `hello`. */
export const PROTOCOL_VERSION = 1

/** What the launcher read from the page it stands on. The sesskey travels this way only: inwards. */
export interface PageReport {
  wwwroot: string
  sesskey?: string
  userId?: number
  state: 'ok' | 'logged-out' | 'logging-out' | 'guest' | 'logged-in-as' | 'switched-role'
  siteName?: string
  language?: string
}

export interface LauncherState {
  /** Absent: this person has not switched the site on. */
  accountId?: AccountId
  unread: number
  /** Names and texts are hidden (projector). */
  hidden: boolean
  trouble?: Trouble
}

export interface Hello {
  version: number
  /** In a page: the account of that site's logged-in person. */
  account?: AccountView
  trouble?: Trouble
  settings: Settings
  /** The list that the panel shows first, so that opening takes one message. */
  first?: DialogueList
}

export interface DraftSaved {
  /** As it is stored now; another tab's words may be in it. */
  draft: Draft
  /** What another tab had stored, where both cannot be one text: both are stored until the person has chosen. */
  other?: Draft
  /** Bytes of the message as it would be sent, link and markup included. */
  bytes: number
  limit: number
}

export type Sent =
  | { sent: true; key: string; ref: DialogueRef; notBeforeMs: number }
  | { sent: false; trouble: Trouble }

export interface SiteProbe {
  wwwroot: string
  state: 'on' | 'off' | 'off-for-this-person' | 'not-allowed'
  account?: AccountView
  trouble?: Trouble
}

export interface StorageUse {
  bytes?: number
  quota?: number
  accounts: { accountId: AccountId; messages: number; dialogues: number; drafts: number; waiting: number }[]
}

export interface FoundDialogue {
  ref: DialogueRef
  messageId?: number
}

/** Every question a screen may ask the worker. Answers are plain data. */
export interface Protocol extends PeopleProtocol, RuleProtocol, HandOverProtocol {
  /** First word of every screen. `query` is answered in the same breath. */
  hello(ask: { version: number; query?: ListQuery }): Hello
  /** From the launcher, on each page and when it becomes visible. */
  reportPage(page: PageReport): LauncherState
  /** From the launcher: put the panel into this tab. */
  openPanel(ask: { warm?: boolean }): void
  /** From the launcher of a page that shows people or activities: put the actions there. */
  bringActions(ask: Record<never, never>): void
  /** From a page's actions, once, and again for whoever the page draws later. */
  pagePeople(ask: PageAsk): PagePeople
  /** Whom somebody who does not teach there asks about a course's activities. */
  courseTeachers(ask: { courseId: number }): Participant[]

  accounts(): AccountView[]
  dialogues(query: ListQuery): DialogueList
  /** The newest `limit` messages, or those before `beforeId`. */
  thread(ask: { ref: DialogueRef; limit: number; beforeId?: number }): ThreadView | undefined
  /**
   * For addresses with `#dialogue=`: looks up, and nothing else. In a page, in that page's account. Where a
   * page names too many, they are not looked for until the person wants it.
   */
  findDialogue(ask: Addressed & { isWanted?: boolean }): FoundDialogue | { notLooked: NotLooked } | undefined
  /** In what this computer holds, with or without a connection. */
  search(ask: SearchAsk): SearchAnswer
  /** After a click: what the site's own search finds and this computer does not hold. */
  searchServer(ask: { accountId: AccountId; typed: string; from?: number }): ServerSearchAnswer
  /** Reads back as far as a message that the site's search found; tells where it is filed. */
  locate(ask: { ref: DialogueRef; messageId: number }): DialogueRef | undefined
  /** Marks the dialogue's own unread messages, after a real gesture of the person. */
  markRead(ask: { ref: DialogueRef; messageIds: number[] }): void

  draft(ask: { accountId: AccountId; key: string }): Draft | undefined
  drafts(ask: { accountId: AccountId }): Draft[]
  saveDraft(draft: Draft): DraftSaved
  discardDraft(ask: Pick<Draft, 'accountId' | 'key' | 'basedOn'>): void

  /** Puts the draft into the outbox and removes the draft, in one transaction. Twice the same messageKey is once. */
  send(draft: Draft): Sent
  /** Before it left, or after a refusal: back to a draft. */
  takeBack(ask: { accountId: AccountId; key: string }): Draft | undefined
  drop(ask: { accountId: AccountId; key: string }): void
  /** What quiet hours hold, or what was put off; `key` of a message, or the id of one to several or of a rule. */
  sendNow(ask: { accountId: AccountId; key: string }): void
  /** The person's answer where no proof is possible. */
  settle(ask: { accountId: AccountId; key: string; arrived: boolean }): void
  /** "Try now": a round for this account at once. */
  refresh(ask: { accountId?: AccountId }): void

  /** For the person's own eyes. Labels, names and notes only from our own pages, where no site reads along. */
  mark(ask: { refs: DialogueRef[]; change: Marking }): void
  /** Everything in these dialogues, after a click on many rows. */
  markAllRead(ask: { refs: DialogueRef[] }): void
  /** A message that was filed by guess belongs elsewhere. */
  move(ask: { ref: DialogueRef; messageId: number; to: DialogueId }): void
  /** On the site; without ids, all of the dialogue. */
  deleteMessages(ask: { ref: DialogueRef; messageIds?: number[]; forEveryone?: boolean }): Trouble | undefined
  /** The dialogues with the same people, this one among them. */
  siblings(ask: { ref: DialogueRef }): Sibling[]
  /** For the menu of filters. */
  moreCounts(ask: { accountId?: AccountId; scope: Scope }): MoreCounts
  person(ask: { accountId: AccountId; userId: number }): PersonCard
  block(ask: { accountId: AccountId; userId: number; blocked: boolean }): Trouble | undefined
  /** All of these dialogues, older messages read from the site first. Our own pages only. */
  exported(ask: { refs: DialogueRef[] }): ExportedDialogue[]
  /** In a course page: how many dialogues are about each of its activities; absent where nobody wants to see it. */
  courseCounts(ask: { cmids: number[] }): { cmid: number; dialogues: number; unread: number }[] | undefined

  mute(ask: { ref: DialogueRef; muted: boolean }): Trouble | undefined
  favourite(ask: { ref: DialogueRef; favourite: boolean }): Trouble | undefined

  /** Popup and options: what is this tab? */
  probeTab(ask: { tabId: number }): SiteProbe | Trouble | undefined
  /** Before the browser's permission question; the worker finishes it even if the popup is gone by then. */
  prepareSwitchOn(ask: { wwwroot: string; tabId?: number; onlyMe: boolean }): void
  /** After it. */
  finishSwitchOn(ask: { wwwroot: string }): AccountView | Trouble
  useToken(ask: { accountId: AccountId; pasted?: string }): AccountView | Trouble
  forgetToken(ask: { accountId: AccountId }): void
  /** Without any: at any hour. */
  setQuietHours(ask: { accountId: AccountId; quietHours?: QuietHours }): void
  /** Of rules in this course; empty: none. */
  setSignature(ask: { accountId: AccountId; courseId: number; text: string }): void
  setOnlyMe(ask: { accountId: AccountId; onlyMe: boolean }): void
  removeAccount(ask: { accountId: AccountId }): void
  settings(): Settings
  /** What the administrator of this browser has set. */
  policy(): Policy
  saveSettings(change: Partial<Settings>): Settings
  storageUse(): StorageUse
  diagnostics(): Diagnostics
  /** Opens the inbox (a tab) at a dialogue, the options at a tab, or dialogues written out. */
  openPage(ask: {
    page: 'inbox' | 'options' | 'export'
    ref?: DialogueRef
    refs?: DialogueRef[]
    section?: string
  }): void
  /** The popup's click on a dialogue: its site's tab if there is one, else the inbox. */
  showDialogue(ask: { ref: DialogueRef }): void
}

/** Pushed over a port named `changes` to every screen that may see the account. */
export interface Change {
  accountId?: AccountId
  topics: (
    | 'accounts'
    | 'dialogues'
    | 'thread'
    | 'outbox'
    | 'drafts'
    | 'sync'
    | 'rules'
    | 'people'
    | 'settings'
    | 'show'
  )[]
  conversationKey?: string
  /** Messages that are no more. */
  gone?: number[]
  /** Topic `show`: open this dialogue. */
  ref?: DialogueRef
}
