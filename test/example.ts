import type { DialogueRef } from '../lib/dialogue/dialogue.ts'
import type { Participant } from '../lib/dialogue/participant.ts'
import type { PickerPerson } from '../lib/dialogue/people-views.ts'
import type {
  AccountView,
  DialogueRow,
  EntryView,
  MessageView,
  SyncView,
  ThreadView,
} from '../lib/dialogue/views.ts'
import type { AccountDiagnostics, Diagnostics } from '../lib/extension/diagnostics.ts'

/** An account that has done a little, and was refused once. */
export function diagnostics(change: Partial<AccountDiagnostics> = {}): Diagnostics {
  const timeMs = NOW * 1000
  return {
    timeMade: NOW,
    bytes: 3_456_789,
    accounts: [
      {
        accountId: ACCOUNT_ID,
        siteName: 'Example School',
        number: 1,
        sync: UP_TO_DATE,
        failures: 0,
        timeNext: NOW + 60,
        because: 'in-use',
        errors: [{ kind: 'unreachable', count: 3 }],
        outbox: [{ state: 'refused', count: 1, timeOldest: NOW - 900 }],
        rows: { messages: 812, dialogues: 64 },
        transport: 'session',
        clockOffset: -3,
        refused: ['core_course_search_courses'],
        ...change,
      },
    ],
    log: [
      { kind: 'start', timeMs },
      { kind: 'request', functions: ['core_message_get_messages'], tookMs: 34, timeMs, account: 1 },
      { kind: 'round', tookMs: 40, requests: 1, conversations: 2, unread: 1, timeMs, account: 1 },
      { kind: 'round', tookMs: 9, requests: 1, trouble: 'unreachable', timeMs, account: 1 },
    ],
  }
}

export const NOW = 1_794_484_800 // 12 November 2026, 12:00 UTC
export const ACCOUNT_ID = '3@moodle.example/school'
export const WWWROOT = 'https://moodle.example/school'
export const BIOLOGY = { id: 2, name: 'Biology 101' }
export const HISTORY = { id: 3, name: 'History of Science 201' }
export const ANNA: Participant = { id: 5, fullName: 'Anna Weber' }
export const BEN: Participant = { id: 6, fullName: 'Ben Ortiz' }
/** As the recipient picker shows somebody of a course. */
export function pickable(person: Participant, change: Partial<PickerPerson> = {}): PickerPerson {
  return { ...person, roles: [STUDENT_ROLE], groups: [], isSuspended: false, ...change }
}

export const STUDENT_ROLE = { id: 5, name: 'Student', isTeacher: false }
export const UP_TO_DATE: SyncView = { phase: 'up-to-date', timeLastRound: NOW - 30 }

export const ESSAY = { url: `${WWWROOT}/mod/assign/view.php?id=3`, name: 'Essay 1', courseId: 2, cmid: 3 }

export function refTo(person: Participant, dialogueId = 'k3f9a0qm2xtb'): DialogueRef {
  return { accountId: ACCOUNT_ID, conversationKey: `u${person.id}`, dialogueId }
}

export function account(change: Partial<AccountView> = {}): AccountView {
  return {
    id: ACCOUNT_ID,
    wwwroot: WWWROOT,
    siteName: 'Example School',
    userId: 3,
    fullName: 'Tara Teacher',
    state: 'ready',
    unread: 2,
    onlyMe: true,
    hasToken: false,
    hasSession: true,
    timeLastRound: NOW - 30,
    courses: [BIOLOGY, HISTORY],
    ...change,
  }
}

export function row(change: Partial<DialogueRow> = {}): DialogueRow {
  return {
    ref: refTo(ANNA),
    kind: 'individual',
    subject: 'Essay 1 feedback',
    people: [ANNA],
    snippet: { mine: false, text: 'I was not sure about the source in the second paragraph.' },
    timeLast: NOW - 600,
    unread: 0,
    state: 'open',
    needsAnswer: false,
    waiting: false,
    course: BIOLOGY,
    about: ESSAY,
    hasDraft: false,
    isMuted: false,
    isFavourite: false,
    labels: [],
    isDone: false,
    unreadAgain: false,
    ...change,
  }
}

export function message(id: number, change: Partial<MessageView> = {}): MessageView {
  return {
    id,
    authorId: 5,
    authorName: 'Anna Weber',
    mine: false,
    html: `<p>Message ${id}</p>`,
    timeCreated: NOW - 100_000 + id * 600,
    unread: false,
    guessed: false,
    hasLink: true,
    ...change,
  }
}

export function myMessage(id: number, change: Partial<MessageView> = {}): MessageView {
  return message(id, { authorId: 3, authorName: 'Tara Teacher', mine: true, ...change })
}

export function entry(change: Partial<EntryView> = {}): EntryView {
  return {
    key: 'p7d2w8zr41ch',
    state: 'written',
    html: '<p>The second paragraph needs one.</p>',
    timeWritten: NOW - 20,
    notBeforeMs: 0,
    canUndo: false,
    heldBack: false,
    ...change,
  }
}

export function thread(change: Partial<ThreadView> = {}): ThreadView {
  return {
    ref: refTo(ANNA),
    kind: 'individual',
    subject: 'Essay 1 feedback',
    people: [ANNA],
    course: BIOLOGY,
    about: ESSAY,
    state: 'open',
    isMuted: false,
    isFavourite: false,
    labels: [],
    isDone: false,
    unreadAgain: false,
    mayDeleteForAll: false,
    messages: [message(1), myMessage(2), message(3)],
    entries: [],
    older: false,
    canAnswer: true,
    noAnswerExpected: false,
    sync: UP_TO_DATE,
    ...change,
  }
}
