import { computed, effect, signal } from '@preact/signals'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { MessageView, ThreadView } from '../../lib/dialogue/views.ts'
import type { Change } from '../../lib/extension/protocol.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { newsOf } from './news.ts'

export const PAGE_OF_MESSAGES = 40

export interface ThreadStart {
  ref: DialogueRef
  /** Opened by the person's own hand, so that reading counts as reading. */
  byPerson: boolean
  isVisible: () => boolean
  announce: (words: string) => void
}

/** The newest page replaces what it covers; older messages read before stay above it. */
export function joinPages(held: MessageView[], newest: MessageView[]): MessageView[] {
  const first = newest[0]
  if (!first || !held.some((message) => message.id >= first.id)) return newest
  return [...held.filter((message) => message.id < first.id), ...newest]
}

function concerns(change: Change, ref: DialogueRef): boolean {
  const isOurs = change.accountId === undefined || change.accountId === ref.accountId
  const isThis = change.conversationKey === undefined || change.conversationKey === ref.conversationKey
  return (
    isOurs &&
    isThis &&
    change.topics.some((topic) => topic === 'thread' || topic === 'outbox' || topic === 'sync')
  )
}

export type ThreadModel = ReturnType<typeof createThreadModel>

export function createThreadModel({ ask, onChange }: Connection, start: ThreadStart) {
  const { ref } = start
  const view = signal<ThreadView | undefined>()
  const isMissing = signal(false)
  const isReadingOlder = signal(false)
  const hasGesture = signal(start.byPerson)
  const isVisible = computed(start.isVisible)
  const marked = new Set<number>()

  function show(answer: ThreadView): void {
    const held = view.peek()
    for (const words of held ? newsOf(held, answer) : []) start.announce(words)
    const messages = joinPages(held?.messages ?? [], answer.messages)
    const isLonger = messages.length > answer.messages.length
    const { firstUnreadId: _, ...rest } = answer
    const opened = held ?? answer
    view.value = {
      ...rest,
      messages,
      older: isLonger ? (held?.older ?? false) : answer.older,
      ...(opened.firstUnreadId === undefined ? {} : { firstUnreadId: opened.firstUnreadId }),
    }
  }

  async function load(): Promise<void> {
    const answer = await ask('thread', { ref, limit: PAGE_OF_MESSAGES }).catch(leaveAsIs)
    if (answer) show(answer)
    isMissing.value = !answer && !view.value
  }

  async function older(): Promise<void> {
    const beforeId = view.value?.messages[0]?.id
    if (beforeId === undefined || !view.value?.older || isReadingOlder.value) return
    isReadingOlder.value = true
    const answer = await ask('thread', { ref, limit: PAGE_OF_MESSAGES, beforeId }).catch(leaveAsIs)
    const held = view.value
    if (answer)
      view.value = { ...held, messages: [...answer.messages, ...held.messages], older: answer.older }
    isReadingOlder.value = false
  }

  const stopMarking = effect(() => {
    if (!hasGesture.value || !isVisible.value) return
    const unread = view.value?.messages.filter((message) => message.unread && !marked.has(message.id)) ?? []
    if (unread.length === 0) return
    const messageIds = unread.map((message) => message.id)
    for (const id of messageIds) marked.add(id)
    ask('markRead', { ref, messageIds }).catch(() => {
      for (const id of messageIds) marked.delete(id)
    })
  })

  const stopListening = onChange((change) => {
    if (concerns(change, ref)) load()
  })

  const about = { accountId: ref.accountId }
  return {
    ref,
    view,
    isMissing,
    isReadingOlder,
    load,
    older,
    touched: () => {
      hasGesture.value = true
    },
    mute: (muted: boolean) => ask('mute', { ref, muted }),
    favourite: (favourite: boolean) => ask('favourite', { ref, favourite }),
    takeBack: (key: string) => ask('takeBack', { ...about, key }),
    drop: (key: string) => ask('drop', { ...about, key }),
    settle: (key: string, arrived: boolean) => ask('settle', { ...about, key, arrived }),
    refresh: () => ask('refresh', about),
    stop() {
      stopMarking()
      stopListening()
    },
  }
}
