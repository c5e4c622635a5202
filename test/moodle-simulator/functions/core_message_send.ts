import { addMessage, ensureBetween } from '../conversations.ts'
import { codingError, formatNotSupported, phpError, sentence, tooLong } from '../errors.ts'
import { canMessage, canMessageConversation } from '../permission.ts'
import { FORMAT_HTML, failsToNotify, htmlToText, plainPart, render } from '../rendering.ts'
import { type Conversation, type Message, SELF } from '../types.ts'
import { type Context, type Handlers, messaging } from './handler.ts'

const MAXIMUM_BYTES = 4096
const refusedByPreferences =
  "You can't message this user due to their message preferences. Try adding them as a contact."

type Row = { touserid: number; text: string; textformat: number; clientmsgid?: string }

const isTooLong = (text: string): boolean => Buffer.byteLength(text, 'utf8') > MAXIMUM_BYTES

const formats = new Set([0, 1, 2, 4])
const c14n = () => phpError('Call to a member function C14N() on null')

function refusal(context: Context, row: Row): string | undefined {
  const recipient = context.state.users.get(row.touserid)
  if (!recipient || recipient.deleted) {
    return `You cannot send a message to a user ID (${row.touserid}) that doesn't exist.`
  }
  if (isTooLong(row.text)) return tooLong().message
  return canMessage(context.state, context.user, recipient) ? undefined : refusedByPreferences
}

/** Notifies after storing, and nobody of a message to oneself. */
function stored(context: Context, conversation: Conversation, text: string, format: number): Message {
  const message = addMessage(context.state, conversation, { useridfrom: context.user.id, text, format })
  const fails = failsToNotify(text) || (format === FORMAT_HTML && failsToNotify(plainPart(text)))
  if (conversation.type !== SELF && fails) throw c14n()
  return message
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

/** Refused rows are values only where every row is refused. One that went through beside them fails the whole answer. */
const sendInstantMessages = messaging<{ messages: Row[] }>(({ messages }, context) => {
  if (messages.length === 0)
    throw codingError('moodle_database::get_in_or_equal() does not accept empty arrays')
  const rows = messages.map((row) => {
    const errormessage = refusal(context, row)
    if (errormessage !== undefined) return { msgid: -1, ...clientId(row), errormessage }
    if (!formats.has(row.textformat)) throw formatNotSupported()
    const conversation = ensureBetween(context.state, context.user.id, row.touserid)
    return answered(context, row, stored(context, conversation, row.text, row.textformat))
  })
  const refused = rows.filter((row) => row.msgid === -1).length
  if (refused > 0 && refused < rows.length) throw formatNotSupported()
  return rows
})

type ConversationArgs = { conversationid: number; messages: { text: string; textformat: number }[] }

/** Lengths are looked at first; what fails later does so in the middle of the loop: it and what came before stay. */
const sendToConversation = messaging<ConversationArgs>(({ conversationid, messages }, context) => {
  if (messages.some(({ text }) => isTooLong(text))) throw tooLong()
  const conversation = context.state.conversations.get(conversationid)
  return messages.map(({ text, textformat }) => {
    if (!conversation || !canMessageConversation(context.state, context.user, conversation)) {
      throw sentence(`User ${context.user.id} cannot send a message to conversation ${conversationid}`)
    }
    const message = stored(context, conversation, text, textformat)
    if (!formats.has(textformat)) throw formatNotSupported()
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
