import { effect, type ReadonlySignal, signal } from '@preact/signals'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { ThreadView } from '../../lib/dialogue/views.ts'
import { type Ask, leaveAsIs } from './connection.ts'

interface Start {
  ref: DialogueRef
  byPerson: boolean
  isVisible: () => boolean
}

/** Unread messages count as read once they are in sight and a person's own hand was there. */
export function markWhatIsRead(ask: Ask, view: ReadonlySignal<ThreadView | undefined>, start: Start) {
  const hasGesture = signal(start.byPerson)
  const marked = new Set<number>()
  /** What the person marked unread again is read by opening it; marked once more, it is left. */
  let isSeen = false

  async function mark(messageIds: number[]): Promise<void> {
    for (const id of messageIds) marked.add(id)
    await ask('markRead', { ref: start.ref, messageIds }).catch(() => {
      for (const id of messageIds) marked.delete(id)
    })
  }

  const stop = effect(() => {
    if (!hasGesture.value || !start.isVisible()) return
    if (view.value?.unreadAgain && !isSeen) {
      isSeen = true
      void ask('mark', { refs: [start.ref], change: { unreadAgain: false } }).catch(leaveAsIs)
    }
    const unread = view.value?.messages.filter((message) => message.unread && !marked.has(message.id)) ?? []
    if (unread.length > 0) mark(unread.map((message) => message.id))
  })

  return {
    stop,
    touched() {
      hasGesture.value = true
    },
  }
}
