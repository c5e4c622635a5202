import type { AccountId, ConversationKey, DialogueId } from '../dialogue/dialogue.ts'
import type { ThreadsSoFar } from '../dialogue/thread.ts'
import type { MessageRow } from './rows.ts'

/** What a dialogue's shown messages come to, besides which of them are unread. */
export interface Tally {
  count: number
  lastId: number
  timeLast: number
  lastAuthorId: number
  /** The newest message of somebody else. */
  receivedId: number | undefined
  /** Of the rule whose message opened it. */
  ruleId: string | undefined
  /** When somebody else first said something. */
  timeAnswered: number | undefined
}

export type Tallies = Map<DialogueId, Tally>

/** How a long conversation's messages are filed up to one of them, see `filing.ts`. */
export interface FilingRow {
  accountId: AccountId
  key: ConversationKey
  toId: number
  soFar: ThreadsSoFar
  tallies: Tallies
}

export function counted(before: Tally | undefined, row: MessageRow, me: number): Tally {
  const { id, authorId, timeCreated, link } = row
  const isReceived = authorId !== me
  const opens = !isReceived && link?.does === 'open' ? link.ruleId : undefined
  return {
    ...{ count: (before?.count ?? 0) + 1, lastId: id, timeLast: timeCreated, lastAuthorId: authorId },
    receivedId: isReceived ? id : before?.receivedId,
    ruleId: before?.ruleId ?? opens,
    timeAnswered: before?.timeAnswered ?? (isReceived ? timeCreated : undefined),
  }
}
