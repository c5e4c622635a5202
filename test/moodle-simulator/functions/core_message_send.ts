import { addMessage, ensureBetween } from '../conversations.ts'
import { codingError, MoodleError, phpError, sentence, tooLong } from '../errors.ts'
import { canMessage, canMessageConversation } from '../permission.ts'
import { FORMAT_HTML, failsToRender, htmlToText, render } from '../rendering.ts'
import type { Message } from '../types.ts'
import { type Context, type Handlers, messaging } from './handler.ts'

const MAXIMUM_BYTES = 4096
const refusedByPreferences =
  "You can't message this user due to their message preferences. Try adding them as a contact."

type Row = { touserid: number; text: string; textformat: number; clientmsgid?: string }

const isTooLong = (text: string): boolean => Buffer.byteLength(text, 'utf8') > MAXIMUM_BYTES

const blankFails = (context: Context, message: Message): boolean =>
  failsToRender(message.text, message.format, context.state.wwwroot) ||
  (message.text !== '' && message.text.trim() === '')

function refusal(context: Context, row: Row): string | undefined {
  const recipient = context.state.users.get(row.touserid)
  if (!recipient) return 'The user does not exist'
  if (!canMessage(context.state, context.user, recipient)) return refusedByPreferences
  return isTooLong(row.text) ? tooLong().message : undefined
}

function stored(context: Context, row: Row): Message {
  const conversation = ensureBetween(context.state, context.user.id, row.touserid)
  return addMessage(context.state, conversation, {
    useridfrom: context.user.id,
    text: row.text,
    format: row.textformat,
  })
}

const clientId = (row: Row) => (row.clientmsgid === undefined ? {} : { clientmsgid: row.clientmsgid })

function answered(context: Context, row: Row, message: Message) {
  return {
    msgid: message.id,
    ...clientId(row),
    text: render(message.text, message.format, context.state.wwwroot),
    timecreated: message.timecreated,
    conversationid: message.conversationid,
    useridfrom: message.useridfrom,
    candeletemessagesforallusers: false,
  }
}

/** Everything that can be stored is stored; only then may the answer fail as a whole (recorded). */
const sendInstantMessages = messaging<{ messages: Row[] }>(({ messages }, context) => {
  if (messages.length === 0)
    throw codingError('moodle_database::get_in_or_equal() does not accept empty arrays')
  const rows: Record<string, unknown>[] = []
  let failure: MoodleError | undefined
  for (const row of messages) {
    const errormessage = refusal(context, row)
    if (!context.state.users.has(row.touserid)) failure ??= unknownRecipient()
    if (errormessage !== undefined) {
      rows.push({ msgid: -1, ...clientId(row), errormessage, candeletemessagesforallusers: false })
      continue
    }
    const message = stored(context, row)
    if (blankFails(context, message)) failure ??= phpError('Call to a member function C14N() on null')
    rows.push(answered(context, row, message))
  }
  if (failure) throw failure
  return rows
})

const unknownRecipient = () =>
  new MoodleError('webservice/formatnotsupported', { errorcode: 'formatnotsupported', module: 'webservice' })

type ConversationArgs = { conversationid: number; messages: { text: string; textformat: number }[] }

/** Lengths are looked at first; a text that cannot be rendered throws in the middle of the loop: it and what came before stay. */
const sendToConversation = messaging<ConversationArgs>(({ conversationid, messages }, context) => {
  const conversation = context.state.conversations.get(conversationid)
  if (!conversation || !canMessageConversation(context.state, context.user, conversation)) {
    throw sentence(`User ${context.user.id} cannot send a message to conversation ${conversationid}`)
  }
  if (messages.some(({ text }) => isTooLong(text))) throw tooLong()
  return messages.map(({ text, textformat }) => {
    const useridfrom = context.user.id
    const message = addMessage(context.state, conversation, { useridfrom, text, format: textformat })
    if (blankFails(context, message)) throw phpError('Call to a member function C14N() on null')
    return fromFullMessage(context, message)
  })
})

/** This answer's text is made of the plain part, later reads' of the message as sent: never the same for HTML. */
function fromFullMessage(context: Context, message: Message) {
  const text = message.format === FORMAT_HTML ? htmlToText(message.text) : message.text
  return {
    id: message.id,
    useridfrom: message.useridfrom,
    text: render(text, message.format, context.state.wwwroot),
    timecreated: message.timecreated,
  }
}

export const sendFunctions: Handlers = {
  core_message_send_instant_messages: sendInstantMessages,
  core_message_send_messages_to_conversation: sendToConversation,
}
