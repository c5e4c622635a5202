import {
  type FunctionDefinition,
  type FunctionName,
  functions,
  type MoodleClient,
  type Params,
  type Returns,
} from '../../lib/moodle/index.ts'

export interface Sent {
  readonly id: number
  readonly conversationid: number
  readonly timecreated: number
}

/** Calls any function of the registry, whether or not the types know that this transport reaches it. */
export function ask<N extends FunctionName>(
  client: MoodleClient,
  name: N,
  params: Params<N>,
): Promise<Returns<N>> {
  const definition: FunctionDefinition = functions[name]
  return client.callUnregistered(name, definition, params) as Promise<Returns<N>>
}

/** Sends HTML to one person; fails where Moodle refuses it. */
export async function messageTo(client: MoodleClient, touserid: number, text: string): Promise<Sent> {
  const messages = [{ touserid, text, textformat: 1 }]
  const [row] = await client.call('core_message_send_instant_messages', { messages })
  if (!row || row.msgid <= 0) throw new Error(`not sent: ${row?.errormessage}`)
  return { id: row.msgid, conversationid: row.conversationid ?? 0, timecreated: row.timecreated ?? 0 }
}

/** The newest messages of a conversation as `currentuserid` sees them, newest first. */
export async function newest(
  client: MoodleClient,
  currentuserid: number,
  convid: number,
  limitnum: number,
): Promise<Returns<'core_message_get_conversation_messages'>['messages']> {
  const args = { currentuserid, convid, newest: true, limitnum }
  const { messages } = await client.call('core_message_get_conversation_messages', args)
  return messages
}

/** By id: within a second, Moodle's own order is any. */
export async function newestById(client: MoodleClient, currentuserid: number, convid: number) {
  const messages = await newest(client, currentuserid, convid, 100)
  return messages.toSorted((a, b) => b.id - a.id)
}

/** Every message of the conversation from `firstId` on, by id. */
export async function textsFrom(
  client: MoodleClient,
  currentuserid: number,
  convid: number,
  firstId: number,
): Promise<Map<number, string>> {
  const texts = new Map<number, string>()
  for (let limitfrom = 0; ; limitfrom += 100) {
    const args = { currentuserid, convid, newest: true, limitnum: 100, limitfrom }
    const { messages } = await client.call('core_message_get_conversation_messages', args)
    for (const message of messages) texts.set(message.id, message.text)
    if (messages.length < 100 || messages.some((message) => message.id < firstId)) return texts
  }
}

/** A new key as a message's link carries it. */
export const newMark = (): string => {
  const digits = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => (byte % 36).toString(36))
  return digits.join('')
}
