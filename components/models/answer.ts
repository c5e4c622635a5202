import { effect, signal } from '@preact/signals'
import { answerDraftKey, type Draft, isNewDraftKey } from '../../lib/dialogue/draft.ts'
import { quoted } from '../../lib/dialogue/seed.ts'
import type { ThreadView } from '../../lib/dialogue/views.ts'
import type { Sent } from '../../lib/extension/protocol.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createDraftModel, type DraftModel } from './draft.ts'
import { randomKey } from './ref.ts'
import { createThreadModel, type ThreadStart } from './thread.ts'

function beginAnswer({ ref, about }: ThreadView): Draft {
  const { accountId, conversationKey, dialogueId } = ref
  return {
    accountId,
    conversationKey,
    dialogueId,
    key: answerDraftKey(conversationKey, dialogueId),
    text: '',
    timeChanged: 0,
    messageKey: randomKey(),
    ...(about ? { about } : {}),
  }
}

export type AnswerModel = ReturnType<typeof createAnswerModel>

/** An open dialogue: what was said, and what is being written. */
export function createAnswerModel(connection: Connection, start: ThreadStart) {
  const thread = createThreadModel(connection, start)
  const draft = signal<DraftModel | undefined>()
  const notSent = signal<Extract<Sent, { sent: false }> | undefined>()

  const stopWaiting = effect(() => {
    const view = thread.view.value
    const held = draft.peek()
    if (view && !held) draft.value = createDraftModel(connection, view.draft ?? beginAnswer(view))
    if (view && held) held.leaveTo(view.entries)
  })

  async function send(sendAt?: number): Promise<boolean> {
    const answer = await draft.value?.send(sendAt)
    notSent.value = answer?.sent === false ? answer : undefined
    if (answer?.sent) await thread.load()
    return answer?.sent === true
  }

  /** Closes it for both, or opens it again, with these last words. */
  async function sendClosing(does: 'close' | 'reopen', text: string): Promise<boolean> {
    const view = thread.view.value
    if (!view) return false
    const words = { ...beginAnswer(view), text, does }
    const answer = await connection.ask('send', words).catch(leaveAsIs)
    notSent.value = answer?.sent === false ? answer : undefined
    if (answer?.sent && text.includes(draft.value?.draft.value.text ?? '')) draft.value?.change({ text: '' })
    await thread.load()
    return answer?.sent === true
  }

  /** Below what is being written, the words quoted. */
  function quote(words: string): void {
    const held = draft.value
    if (!held) return
    const before = held.draft.value.text.trimEnd()
    held.change({ text: `${before === '' ? '' : `${before}\n\n`}${quoted(words)}` })
  }

  /** Back into the box; a first message goes back to a dialogue that is not begun, which the answer says. */
  async function takeBack(key: string): Promise<Draft | undefined> {
    await draft.value?.save()
    const back = await thread.takeBack(key)
    if (back && isNewDraftKey(back.key)) return back
    if (back) draft.value?.takeIn(back)
    await thread.load()
    return undefined
  }

  return {
    thread,
    draft,
    notSent,
    send,
    sendClosing,
    quote,
    takeBack,
    stop() {
      draft.value?.save()
      draft.value?.stop()
      stopWaiting()
      thread.stop()
    },
  }
}
