import type { Participant } from '../dialogue/participant.ts'
import type { ReadMessage } from '../store/messages.ts'
import type { AccountRow } from '../store/rows.ts'
import { message, participant } from './from-moodle.ts'
import type { Connection } from './world.ts'

export const OLDER = 50
/** A deletion moves the pages under us; overlapping ones leave no gap. */
export const OVERLAP = 5
const LONGEST_GAP = 20

/**
 * Moodle sorts by the second and by nothing finer. Of the oldest second in a page that was cut off, some messages may
 * lie beyond its end, and which ones may change with each request: only what is later is surely all there.
 */
export function surelyAll<T extends Pick<ReadMessage, 'timeCreated'>>(
  messages: readonly T[],
  isCut: boolean,
): T[] {
  if (!isCut) return [...messages]
  const oldest = Math.min(...messages.map(({ timeCreated }) => timeCreated))
  return messages.filter(({ timeCreated }) => timeCreated > oldest)
}

export async function olderPage(
  { moodle }: Connection,
  account: AccountRow,
  convid: number,
  limitfrom: number,
  limitnum = OLDER,
) {
  const { messages, members } = await moodle.call('core_message_get_conversation_messages', {
    currentuserid: account.userId,
    convid,
    limitfrom,
    limitnum,
    newest: true,
  })
  const isCut = messages.length >= limitnum
  return { messages: messages.map((row) => message(row, account)), people: members.map(participant), isCut }
}

export interface Stretch {
  messages: ReadMessage[]
  people: Participant[]
  /** Whether it reaches back to what was held before. */
  isClosed: boolean
  /** Whether older ones follow. */
  isCut: boolean
}

/**
 * Reads on backwards until what was held before is reached, so that no stretch between is missing. Each page begins
 * before the second in which the last one was cut off; one that is all of that second is asked for again, longer.
 */
export async function readGap(
  connection: Connection,
  account: AccountRow,
  conversationId: number,
  newest: readonly ReadMessage[],
  heldTo: number,
): Promise<Stretch> {
  const seen = new Map(newest.map((each) => [each.id, each]))
  const stretch: Stretch = { messages: [], people: [], isClosed: false, isCut: true }
  let [sure, limitnum] = [surelyAll(newest, true), OLDER]
  for (let pages = 0; pages < LONGEST_GAP && !stretch.isClosed; pages++) {
    const limitfrom = Math.max(0, sure.length - OVERLAP)
    const page = await olderPage(connection, account, conversationId, limitfrom, limitnum)
    for (const each of page.messages) seen.set(each.id, each)
    stretch.messages.push(...page.messages)
    stretch.people.push(...page.people)
    const before = sure.length
    sure = surelyAll([...seen.values()], page.isCut)
    limitnum = sure.length === before ? limitnum * 2 : OLDER
    stretch.isCut = page.isCut
    stretch.isClosed = !page.isCut || sure.some(({ id }) => id <= heldTo)
  }
  return stretch
}
