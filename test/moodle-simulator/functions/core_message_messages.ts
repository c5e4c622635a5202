import {
  markConversationRead,
  markRead,
  newestFirst,
  otherMember,
  visibleMessages,
} from '../conversations.ts'
import { accessDenied, invalidParameter, messagingDisabled, noRecord, sentence } from '../errors.ts'
import { htmlToText, render } from '../rendering.ts'
import { fullname } from '../state.ts'
import type { Message } from '../types.ts'
import { messageRow } from './core_message_conversations.ts'
import {
  type Context,
  conversationOf,
  type Handlers,
  handler,
  messaging,
  requireAccess,
  requireSelf,
} from './handler.ts'
import { notificationMessage, notificationsFor } from './message_popup.ts'
import { memberInfo } from './people.ts'

type PageArgs = {
  currentuserid: number
  convid: number
  limitfrom: number
  limitnum: number
  newest: boolean
  timefrom: number
}

/** `timefrom` takes the second that it names and stops before the current one: a message of this very second waits. */
function window(rows: Message[], timefrom: number, now: number): Message[] {
  if (timefrom === 0) return rows
  return rows.filter((row) => row.timecreated >= timefrom && row.timecreated < now)
}

const getConversationMessages = messaging<PageArgs>((args, context) => {
  requireSelf(context, args.currentuserid)
  const conversation = conversationOf(context, args.convid, args.currentuserid)
  if (!conversation) throw sentence('User is not part of conversation.')
  const now = context.state.clock.now()
  // Moodle answers an empty list here, which its own description of the answer then refuses.
  if (args.timefrom === now) return []
  const rows = window(visibleMessages(conversation, args.currentuserid), args.timefrom, now)
  const end = args.limitnum > 0 ? args.limitfrom + args.limitnum : undefined
  const shown = args.newest
    ? newestFirst(rows, args.limitfrom, args.limitnum, context.state.settings.tiesAnyhow)
    : rows.slice(args.limitfrom, end)
  const senders = [...new Set(shown.map((row) => row.useridfrom))]
  const members = senders.flatMap((id) => context.state.users.get(id) ?? [])
  return {
    id: conversation.id,
    members: members.map((user) => memberInfo(context.state, context.user, user)),
    messages: shown.map((row) => messageRow(context, row)),
  }
})

type GetArgs = {
  useridto: number
  useridfrom: number
  type: string
  read: number
  newestfirst: boolean
  limitfrom: number
  limitnum: number
}

/** Individual conversations only. The sender is looked at only where `type` leaves notifications out. */
function individual(context: Context, args: GetArgs): Message[] {
  if (!args.useridto) return context.state.sent.get(args.useridfrom) ?? []
  const rows = context.state.received.get(args.useridto) ?? []
  const bySender = args.useridfrom !== 0 && args.type === 'conversations'
  return bySender ? rows.filter((row) => row.useridfrom === args.useridfrom) : rows
}

/** Read ones and deleted ones are taken away after the limit has cut: unread ones beyond it are not found. */
function kept(context: Context, args: GetArgs, rows: Message[]): Message[] {
  return rows.filter((row) => {
    const read = row.timeread.has(args.useridto || recipientOf(context, row))
    return (args.read === 2 || read === (args.read === 1)) && !row.deleted.has(context.user.id)
  })
}

function recipientOf(context: Context, row: Message): number {
  const conversation = context.state.conversations.get(row.conversationid)
  return conversation ? otherMember(conversation, row.useridfrom) : 0
}

function oldRow(context: Context, row: Message, useridto: number) {
  const { state } = context
  const [from, to] = [state.users.get(row.useridfrom), state.users.get(useridto)]
  const html = row.format === 1
  return {
    id: row.id,
    useridfrom: row.useridfrom,
    useridto,
    subject: `New message from ${from ? fullname(from) : ''}`,
    text: render(row.text, row.format, state.wwwroot),
    fullmessage: html ? htmlToText(row.text) : row.text,
    fullmessageformat: row.format,
    fullmessagehtml: html ? row.text : '',
    smallmessage: row.text,
    notification: 0,
    contexturl: '',
    contexturlname: '',
    timecreated: row.timecreated,
    timeread: row.timeread.get(useridto) ?? null,
    usertofullname: to ? fullname(to) : '',
    userfromfullname: from ? fullname(from) : '',
    customdata: null,
  }
}

const warned = (userid: number) => ({
  item: 'message',
  itemid: userid,
  warningcode: '1',
  message:
    'Private messages (conversations) are not enabled in this site. Only notifications will be returned',
})

function ordered<T extends { id: number; timecreated: number }>(rows: readonly T[], args: GetArgs): T[] {
  if (args.newestfirst) return newestFirst(rows, args.limitfrom, args.limitnum)
  const end = args.limitnum > 0 ? args.limitfrom + args.limitnum : undefined
  return rows.toSorted((a, b) => a.timecreated - b.timecreated || a.id - b.id).slice(args.limitfrom, end)
}

/** Where both are asked for, each has the limit for itself and notifications come last. */
const getMessages = handler<GetArgs>((args, context) => {
  checkGetArgs(args, context)
  const messages =
    args.type === 'notifications' ? [] : kept(context, args, ordered(individual(context, args), args))
  const notes = args.type === 'conversations' ? [] : ordered(notificationsFor(context, args), args)
  const disabled = !context.state.settings.messaging && args.type === 'both'
  return {
    messages: [
      ...messages.map((row) => oldRow(context, row, args.useridto || recipientOf(context, row))),
      ...notes.map((row) => notificationMessage(context, row)),
    ],
    warnings: disabled ? [warned(context.user.id)] : [],
  }
})

function checkGetArgs(args: GetArgs, context: Context): void {
  const { state } = context
  if (!['notifications', 'conversations', 'both'].includes(args.type)) {
    throw invalidParameter(`Invalid value for type parameter (value: ${args.type})`)
  }
  if (!state.settings.messaging && args.type === 'conversations') throw messagingDisabled()
  for (const id of [args.useridto, args.useridfrom]) {
    if (id > 0 && !state.users.has(id)) throw noRecord('user')
  }
  requireAccess(context, args.useridto, args.useridfrom)
}

/** Marking a message a second time is an error: its query finds unread ones only. */
const markMessageRead = messaging<{ messageid: number; timeread: number }>(
  ({ messageid, timeread }, context) => {
    const { state, user } = context
    const message = state.messages.get(messageid)
    if (!message || message.timeread.has(user.id)) throw noRecord('')
    const members = [...(state.conversations.get(message.conversationid)?.members ?? [])]
    const [recipient] = members.filter((id) => id !== message.useridfrom)
    if (recipient === undefined) throw noRecord('')
    if (recipient !== user.id) {
      throw invalidParameter("Invalid messageid, you don't have permissions to mark this message as read")
    }
    markRead(state, user.id, message, timeread || state.clock.now())
    return { messageid, warnings: [] }
  },
)

const markAll = messaging<{ userid: number; conversationid: number }>(
  ({ userid, conversationid }, context) => {
    const conversation = conversationOf(context, conversationid, userid)
    if (!conversation || userid !== context.user.id) throw accessDenied()
    markConversationRead(context.state, userid, conversation)
    return null
  },
)

export const messageFunctions: Handlers = {
  core_message_get_conversation_messages: getConversationMessages,
  core_message_get_messages: getMessages,
  core_message_mark_message_read: markMessageRead,
  core_message_mark_all_conversation_messages_as_read: markAll,
}
