import { personOf, SELF } from '../dialogue/dialogue.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
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

async function toPerson({ moodle }: Connection, entry: OutboxEntry, touserid: number): Promise<Answer> {
  const [row] = await moodle.call('core_message_send_instant_messages', {
    messages: [{ touserid, text: entry.html, textformat: HTML, clientmsgid: entry.key }],
  })
  if (!row) throw new Error('no row')
  if (row.msgid === -1) return { refused: row.errormessage ?? '' }
  return {
    messageId: row.msgid,
    timeCreated: row.timecreated ?? 0,
    ...(row.conversationid ? { conversationId: row.conversationid } : {}),
  }
}

async function toGroup({ moodle }: Connection, entry: OutboxEntry, conversationid: number): Promise<Answer> {
  const [row] = await moodle.call('core_message_send_messages_to_conversation', {
    conversationid,
    messages: [{ text: entry.html, textformat: HTML }],
  })
  if (!row) throw new Error('no row')
  return { messageId: row.id, timeCreated: row.timecreated, conversationId: conversationid }
}
