import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { ThreadView } from '../../lib/dialogue/views.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { isSameRef } from './ref.ts'

const PAGE_OF_MESSAGES = 40

export function askForThread({ ask }: Pick<Connection, 'ask'>, ref: DialogueRef) {
  return ask('thread', { ref, limit: PAGE_OF_MESSAGES }).catch(leaveAsIs)
}

/** A dialogue that is about to be opened is read while the button is still down; any change makes that worthless. */
export function createReadAhead(connection: Pick<Connection, 'ask' | 'onChangeFirst'>) {
  let held: { ref: DialogueRef; answer: Promise<ThreadView | undefined> } | undefined
  const forget = () => {
    held = undefined
    return undefined
  }
  return {
    prepare(ref: DialogueRef): void {
      held = { ref, answer: askForThread(connection, ref) }
    },
    take(ref: DialogueRef): Promise<ThreadView | undefined> | undefined {
      const answer = isSameRef(held?.ref, ref) ? held?.answer : undefined
      forget()
      return answer
    },
    stop: connection.onChangeFirst(forget),
  }
}

/** The first answer is the one that was asked for before. */
export function aheadFirst<Answer>(ahead: Promise<Answer> | undefined, ask: () => Promise<Answer>) {
  let first = ahead
  return (): Promise<Answer> => {
    const answer = first ?? ask()
    first = undefined
    return answer
  }
}
