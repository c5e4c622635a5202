import { type DialogueId, GENERAL } from './dialogue.ts'
import { type Link, subjectOf } from './link.ts'
import type { Thread, ThreadMessage } from './thread.ts'

export function newThread(dialogueId: DialogueId, { id, timeCreated }: ThreadMessage): Thread {
  return {
    dialogueId,
    repliesExpected: true,
    state: 'open',
    lastId: id,
    timeLast: timeCreated,
  }
}

/** The first opening says what a dialogue is about; until it is met, any link does. */
export function learn(thread: Thread, message: ThreadMessage, link: Link): void {
  if (thread.dialogueId === GENERAL) return
  const isOpening = link.does === 'open' && thread.openId === undefined
  if (isOpening) {
    thread.openId = message.id
    thread.openerId = message.authorId
    thread.repliesExpected = link.repliesExpected
  }
  // Cleaning a subject is most of the work of reading a link, and thousands of answers claim the same one.
  const subject = isOpening || thread.subject === undefined ? subjectOf(link) : ''
  const claims = {
    ...(subject === '' ? {} : { subject }),
    ...(link.courseId === undefined ? {} : { courseId: link.courseId }),
    ...(link.ruleId === undefined ? {} : { ruleId: link.ruleId }),
    url: link.url,
  }
  Object.assign(thread, isOpening ? claims : { ...claims, ...thread })
}

/** Rule 3. */
export function changeState(thread: Thread, message: ThreadMessage, link: Link): void {
  if (thread.dialogueId === GENERAL) return
  if (link.does === 'close' && thread.state === 'open') {
    thread.state = 'closed'
    thread.closedBy = { userId: message.authorId, time: message.timeCreated, messageId: message.id }
  } else if (link.does === 'reopen') {
    thread.state = 'open'
    delete thread.closedBy
  }
}
