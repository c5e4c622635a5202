import { type DialogueId, type DialogueState, GENERAL } from './dialogue.ts'
import type { Link } from './link.ts'
import { changeState, learn, newThread } from './thread-facts.ts'

export interface ThreadMessage {
  id: number
  authorId: number
  timeCreated: number
  link?: Link
  /** A tombstone: deleted on one's own side, its link kept. */
  isDeleted?: boolean
}

/** A dialogue as its messages tell it. */
export interface Thread {
  dialogueId: DialogueId
  /** None in the general dialogue. */
  subject?: string
  /** Known once its opening message is. */
  openerId?: number
  openId?: number
  courseId?: number
  url?: string
  ruleId?: string
  repliesExpected: boolean
  state: DialogueState
  closedBy?: { userId: number; time: number; messageId: number }
  lastId: number
  timeLast: number
}

export interface Placement {
  dialogueId: DialogueId
  /** There was a dialogue to choose, and the message does not say which. */
  guessed: boolean
  afterClosing: boolean
  /** The same message of the same author once more: not shown. */
  duplicate?: boolean
  /** Older messages are not loaded yet and may place it elsewhere. */
  provisional?: boolean
}

/** All that the place of the next message depends on, as far as a conversation has been read. */
export interface ThreadsSoFar {
  threads: Map<DialogueId, Thread>
  /** Dialogues in the order in which links named them; tops that can take no more answers are popped for good. */
  named: DialogueId[]
  seen: Map<string, DialogueId>
  timeLastWithSubject: number
  hasLink: boolean
}

export interface Threads {
  threads: Thread[]
  placements: Map<number, Placement>
  soFar: ThreadsSoFar
}

export interface ThreadOptions {
  /** The conversation's first message is among them. */
  complete: boolean
  /** Where the person has put messages that do not say where they belong. */
  moved?: Moved
  /** What was read before these messages; it goes on with them. Not with `moved`, which look at all of them. */
  after?: ThreadsSoFar
}

export type Moved = ReadonlyMap<number, DialogueId>

const LONGEST_SILENCE = 30 * 24 * 3600

/**
 * A conversation's dialogues, from its messages. Rules 1 to 5 of the context links in one pass in id order, so that a
 * message's place depends on nothing that came after it, unless the person moved it there.
 */
export function threads(
  messages: readonly ThreadMessage[],
  { complete, moved, after: soFar = nothingYet() }: ThreadOptions,
): Threads {
  const reading = new Reading(soFar, complete, moved && possible(moved, messages))
  for (const message of inIdOrder(messages)) reading.add(message)
  return { threads: [...soFar.threads.values()], placements: reading.placements, soFar }
}

function nothingYet(): ThreadsSoFar {
  return {
    threads: new Map(),
    named: [],
    seen: new Map(),
    timeLastWithSubject: Number.NEGATIVE_INFINITY,
    hasLink: false,
  }
}

class Reading {
  readonly placements = new Map<number, Placement>()
  private readonly soFar: ThreadsSoFar
  private readonly complete: boolean
  private readonly moved: Moved

  constructor(soFar: ThreadsSoFar, complete: boolean, moved: Moved = new Map()) {
    this.soFar = soFar
    this.complete = complete
    this.moved = moved
  }

  add(message: ThreadMessage): void {
    const { link } = message
    const earlier = link && this.soFar.seen.get(identityOf(message, link))
    if (earlier !== undefined) this.placeRepetition(message, earlier)
    else if (link) this.placeNamed(message, link)
    else this.placeUnnamed(message, this.moved.get(message.id))
  }

  /** Rule 5. */
  private placeRepetition(message: ThreadMessage, dialogueId: DialogueId): void {
    this.placements.set(message.id, { dialogueId, guessed: false, afterClosing: false, duplicate: true })
  }

  /** Rules 1, 3 and 4. */
  private placeNamed(message: ThreadMessage, link: Link): void {
    const { dialogueId } = link
    this.soFar.hasLink = true
    const thread = this.threadOf(dialogueId, message)
    const afterClosing = thread.state === 'closed' && link.does !== 'reopen'
    learn(thread, message, link)
    changeState(thread, message, link)
    this.append(thread, message, { dialogueId, guessed: false, afterClosing })
    if (this.soFar.named.at(-1) !== dialogueId) this.soFar.named.push(dialogueId)
    // A deleted message cannot stand for the one that is still there.
    if (!message.isDeleted) this.soFar.seen.set(identityOf(message, link), dialogueId)
  }

  /** Rule 2. */
  private placeUnnamed(message: ThreadMessage, moved: DialogueId | undefined): void {
    if (moved !== undefined) return this.placeMoved(message, moved)
    const nearest = this.nearest()
    const isNear = nearest !== undefined && message.timeCreated - nearest.timeLast <= LONGEST_SILENCE
    const dialogueId = isNear ? nearest.dialogueId : GENERAL
    // In the general dialogue only where a recent one with a subject could have been meant.
    const guessed =
      dialogueId !== GENERAL || message.timeCreated - this.soFar.timeLastWithSubject <= LONGEST_SILENCE
    const provisional = !this.complete && !this.soFar.hasLink
    const placement = { dialogueId, guessed, afterClosing: false, ...(provisional ? { provisional } : {}) }
    this.append(this.threadOf(dialogueId, message), message, placement)
  }

  /** The person knows better than any guess. */
  private placeMoved(message: ThreadMessage, dialogueId: DialogueId): void {
    const thread = this.threadOf(dialogueId, message)
    this.append(thread, message, { dialogueId, guessed: false, afterClosing: thread.state === 'closed' })
  }

  private nearest(): Thread | undefined {
    for (;;) {
      const thread = this.soFar.threads.get(this.soFar.named.at(-1) ?? '')
      if (!thread || (thread.state === 'open' && thread.repliesExpected)) return thread
      this.soFar.named.pop()
    }
  }

  private threadOf(dialogueId: DialogueId, message: ThreadMessage): Thread {
    const thread = this.soFar.threads.get(dialogueId) ?? newThread(dialogueId, message)
    this.soFar.threads.set(dialogueId, thread)
    return thread
  }

  private append(thread: Thread, message: ThreadMessage, placement: Placement): void {
    thread.lastId = message.id
    thread.timeLast = message.timeCreated
    if (thread.dialogueId !== GENERAL) this.soFar.timeLastWithSubject = message.timeCreated
    this.placements.set(message.id, placement)
  }
}

/** A dialogue that no link names any more takes nothing in. */
function possible(moved: Moved, messages: readonly ThreadMessage[]): Moved {
  if (moved.size === 0) return moved
  const named = new Set<DialogueId>([GENERAL, ...messages.flatMap(({ link }) => link?.dialogueId ?? [])])
  return new Map([...moved].filter(([, dialogueId]) => named.has(dialogueId)))
}

function identityOf(message: ThreadMessage, link: Link): string {
  return `${message.authorId}:${link.m}`
}

function inIdOrder(messages: readonly ThreadMessage[]): readonly ThreadMessage[] {
  const isSorted = messages.every((message, i) => i === 0 || (messages[i - 1]?.id ?? 0) <= message.id)
  return isSorted ? messages : messages.toSorted((a, b) => a.id - b.id)
}
