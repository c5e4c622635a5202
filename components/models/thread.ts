import { batch, signal } from '@preact/signals'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { MessageView, ThreadView } from '../../lib/dialogue/views.ts'
import type { Change } from '../../lib/extension/protocol.ts'
import { awaiting } from './awaiting.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { markWhatIsRead } from './mark-read.ts'
import { newsOf } from './news.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { aheadFirst, askForThread } from './read-ahead.ts'

/** Few enough to be drawn between two frames. */
const OLDER_MESSAGES = 20
/** On the way back to a message that was looked for. */
const LEAP_OF_MESSAGES = 300
const TOPICS = new Set<Change['topics'][number]>(['thread', 'outbox', 'sync'])

export interface ThreadStart {
  ref: DialogueRef
  /** Opened by the person's own hand, so that reading counts as reading. */
  byPerson: boolean
  isVisible: () => boolean
  announce: (words: string) => void
  /** What was asked for before it was opened. */
  ahead?: Promise<ThreadView | undefined> | undefined
}

/** A message in which nothing is changed stays the object that it was: what shows it is left alone. */
function asHeld(held: readonly MessageView[], newest: readonly MessageView[]): MessageView[] {
  const there = new Map(held.map((message) => [message.id, message]))
  return newest.map((message) => {
    const same = there.get(message.id)
    return same && JSON.stringify(same) === JSON.stringify(message) ? same : message
  })
}

/** The newest page replaces what it covers; older messages read before stay above it. */
function joinPages(held: MessageView[], newest: MessageView[]): MessageView[] {
  const [first] = newest
  const covered = first ? held.findIndex((message) => message.id >= first.id) : -1
  if (covered === -1) return newest
  return [...held.slice(0, covered), ...asHeld(held.slice(covered), newest)]
}

/** The line "new" stays where it was when the dialogue was opened. */
function renew(held: ThreadView | undefined, answer: ThreadView): ThreadView {
  if (!held) return answer
  const { firstUnreadId: _, ...rest } = answer
  const messages = joinPages(held.messages, answer.messages)
  const older = messages.length > answer.messages.length ? held.older : answer.older
  const isNew = held.firstUnreadId === undefined ? {} : { firstUnreadId: held.firstUnreadId }
  return { ...rest, ...isNew, messages, older }
}

function without(view: ThreadView, gone: readonly number[]): ThreadView {
  return { ...view, messages: view.messages.filter(({ id }) => !gone.includes(id)) }
}

function concerns(change: Change, ref: DialogueRef): boolean {
  const isOurs = change.accountId === undefined || change.accountId === ref.accountId
  const isThis = change.conversationKey === undefined || change.conversationKey === ref.conversationKey
  return isOurs && isThis && change.topics.some((topic) => TOPICS.has(topic))
}

export type ThreadModel = ReturnType<typeof createThreadModel>

export function createThreadModel({ ask, onChangeFirst }: Connection, start: ThreadStart) {
  const { ref } = start
  const { accountId } = ref
  const view = signal<ThreadView | undefined>()
  const isMissing = signal(false)
  const isReadingOlder = signal(false)
  const reading = markWhatIsRead(ask, view, start)
  const awaited = awaiting(() => view.value !== undefined || isMissing.value)
  const read = aheadFirst(start.ahead, () => askForThread({ ask }, ref))

  async function load(): Promise<void> {
    const answer = await read()
    isMissing.value = !answer && !view.value
    if (!answer) return
    for (const words of view.value ? newsOf(view.value, answer) : []) start.announce(words)
    view.value = renew(view.value, answer)
  }

  async function older(): Promise<void> {
    const beforeId = view.value?.messages[0]?.id
    if (beforeId === undefined || !view.value?.older || isReadingOlder.value) return
    isReadingOlder.value = true
    const answer = await ask('thread', { ref, limit: OLDER_MESSAGES, beforeId }).catch(leaveAsIs)
    const held = view.value
    if (answer)
      view.value = { ...held, messages: [...answer.messages, ...held.messages], older: answer.older }
    isReadingOlder.value = false
  }

  const found = signal<{ id: number } | undefined>()

  async function before(held: ThreadView): Promise<ThreadView | undefined> {
    const first = held.messages[0]
    if (!first || !held.older) return undefined
    const page = await ask('thread', { ref, limit: LEAP_OF_MESSAGES, beforeId: first.id }).catch(leaveAsIs)
    if (!page || page.messages.length === 0) return undefined
    return { ...held, messages: [...page.messages, ...held.messages], older: page.older }
  }

  /** Reads back as far as this message and points at it; drawn once, however far it is. */
  async function reach(id: number): Promise<void> {
    let held: ThreadView | undefined = view.value ?? (await load().then(() => view.value))
    while (held && !held.messages.some((message) => message.id === id)) {
      const longer = await before(held)
      if (!longer) return
      held = longer
    }
    const now = view.value
    if (!held || !now) return
    batch(() => {
      if (held.messages.length > now.messages.length)
        view.value = { ...now, messages: joinPages(held.messages, now.messages), older: held.older }
      found.value = { id }
    })
  }

  const renewed = oneAtATime(load)
  const stopListening = onChangeFirst((change) => {
    if (!concerns(change, ref)) return
    if (change.gone && view.value) view.value = without(view.value, change.gone)
    return renewed()
  })

  return {
    ...{ ref, view, isMissing, isReadingOlder, found, load, older, reach },
    ...{ isAwaited: awaited.isAwaited, touched: reading.touched },
    mute: (muted: boolean) => ask('mute', { ref, muted }).catch(leaveAsIs),
    favourite: (favourite: boolean) => ask('favourite', { ref, favourite }).catch(leaveAsIs),
    takeBack: (key: string) => ask('takeBack', { accountId, key }).catch(leaveAsIs),
    drop: (key: string) => ask('drop', { accountId, key }).catch(leaveAsIs),
    /** What quiet hours hold. */
    sendNow: (key: string) => ask('sendNow', { accountId, key }).catch(leaveAsIs),
    settle: (key: string, arrived: boolean) => ask('settle', { accountId, key, arrived }).catch(leaveAsIs),
    refresh: () => ask('refresh', { accountId }).catch(leaveAsIs),
    stop() {
      for (const stop of [reading.stop, awaited.stop, stopListening]) stop()
    },
  }
}
