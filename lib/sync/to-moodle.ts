import { personOf, SELF } from '../dialogue/dialogue.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import type { Returns } from '../moodle/index.ts'
import type { AccountRow } from '../store/rows.ts'
import type { Connection } from './world.ts'

const HTML = 1

export type Answer = { messageId: number; timeCreated: number; conversationId?: number } | { refused: string }

/** Sends one entry to one person, oneself or a group. Throws the client's error when the answer is not clear. */
export async function sendEntry(
  connection: Connection,
  account: AccountRow,
  entry: OutboxEntry,
  conversationId?: number,
): Promise<Answer> {
  const touserid = entry.conversationKey === SELF ? account.userId : personOf(entry.conversationKey)
  if (touserid !== undefined) return toPerson(connection, entry, touserid)
  return toGroup(connection, entry, conversationId ?? Number(entry.conversationKey.slice(1)))
}

type Row = Returns<'core_message_send_instant_messages'>[number]

function answerIn(row: Row): Answer {
  if (row.msgid === -1) return { refused: row.errormessage ?? '' }
  return {
    messageId: row.msgid,
    timeCreated: row.timecreated ?? 0,
    ...(row.conversationid ? { conversationId: row.conversationid } : {}),
  }
}

function messageTo(entry: OutboxEntry, touserid: number) {
  return { touserid, text: entry.html, textformat: HTML, clientmsgid: entry.key }
}

async function toPerson({ moodle }: Connection, entry: OutboxEntry, touserid: number): Promise<Answer> {
  const [row] = await moodle.call('core_message_send_instant_messages', {
    messages: [messageTo(entry, touserid)],
  })
  if (!row) throw new Error('no row')
  return answerIn(row)
}

/**
 * Entries to several people in one request, each with its answer by its key; none where the site says nothing of it.
 * Throws the client's error when the answer as a whole is not clear.
 */
export async function sendToPeople(
  { moodle }: Connection,
  entries: readonly OutboxEntry[],
): Promise<Map<string, Answer>> {
  const messages = entries.flatMap((entry) => {
    const touserid = personOf(entry.conversationKey)
    return touserid === undefined ? [] : [messageTo(entry, touserid)]
  })
  const rows = await moodle.call('core_message_send_instant_messages', { messages })
  const named = rows.map(
    (row, i) => [row.clientmsgid ?? messages[i]?.clientmsgid ?? '', answerIn(row)] as const,
  )
  return new Map(rows.length === messages.length ? named : [])
}

async function toGroup({ moodle }: Connection, entry: OutboxEntry, conversationid: number): Promise<Answer> {
  const [row] = await moodle.call('core_message_send_messages_to_conversation', {
    conversationid,
    messages: [{ text: entry.html, textformat: HTML }],
  })
  if (!row) throw new Error('no row')
  return { messageId: row.id, timeCreated: row.timecreated, conversationId: conversationid }
}
