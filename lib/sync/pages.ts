import type { Participant } from '../dialogue/participant.ts'
import type { ReadMessage } from '../store/messages.ts'
import type { AccountRow } from '../store/rows.ts'
import { NEWEST } from './conversation.ts'
import { message, participant } from './from-moodle.ts'
import type { Connection } from './world.ts'

export const OLDER = 50
/** A deletion moves the pages under us; overlapping ones leave no gap. */
export const OVERLAP = 5
const LONGEST_GAP = 20

export async function olderPage(
  { moodle }: Connection,
  account: AccountRow,
  convid: number,
  limitfrom: number,
) {
  const { messages, members } = await moodle.call('core_message_get_conversation_messages', {
    currentuserid: account.userId,
    convid,
    limitfrom,
    limitnum: OLDER,
    newest: true,
  })
  return { messages, people: members.map(participant) }
}

export interface Stretch {
  messages: ReadMessage[]
  people: Participant[]
  /** Whether it reaches back to what was held before. */
  isClosed: boolean
}

/** Reads on backwards until what was held before is reached, so that no stretch between is missing. */
export async function readGap(
  connection: Connection,
  account: AccountRow,
  conversationId: number,
  heldTo: number,
): Promise<Stretch> {
  const stretch: Stretch = { messages: [], people: [], isClosed: false }
  let limitfrom = NEWEST - OVERLAP
  for (let pages = 0; pages < LONGEST_GAP && !stretch.isClosed; pages++) {
    const { messages, people } = await olderPage(connection, account, conversationId, limitfrom)
    stretch.messages.push(...messages.map((each) => message(each, account)))
    stretch.people.push(...people)
    stretch.isClosed = messages.length < OLDER || messages.some(({ id }) => id <= heldTo)
    limitfrom += OLDER - OVERLAP
  }
  return stretch
}
