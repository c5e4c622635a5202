import {
  markConversationRead,
  markRead,
  newestFirst,
  otherMember,
  visibleMessages,
} from '../conversations.ts'
import { invalidParameter, MoodleError, messagingDisabled, noRecord, sentence } from '../errors.ts'
import { render } from '../rendering.ts'
import { fullname } from '../state.ts'
import type { Message } from '../types.ts'
import { messageRow } from './core_message_conversations.ts'
import { type Context, conversationOf, type Handlers, handler, messaging, requireSelf } from './handler.ts'
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

/** `timefrom` takes the second it names and stops before the current one: (recorded) a message of this very second waits. */
function window(rows: Message[], timefrom: number, now: number): Message[] {
  if (timefrom === 0) return rows
  const from = timefrom === now ? now - 1 : timefrom
  return rows.filter((row) => row.timecreated >= from && row.timecreated <= now - 1)
}

const getConversationMessages = messaging<PageArgs>((args, context) => {
  requireSelf(context, args.currentuserid)
  const conversation = conversationOf(context, args.convid, args.currentuserid)
  if (!conversation) throw sentence('User is not part of conversation.')
  const rows = window(
    visibleMessages(conversation, args.currentuserid),
    args.timefrom,
    context.state.clock.now(),
  )
  const end = args.limitnum > 0 ? args.limitfrom + args.limitnum : undefined
  const shown = args.newest
    ? newestFirst(rows, args.limitfrom, args.limitnum)
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

/** core_message_get_messages knows individual conversations only, and names no conversation. */
function individual(context: Context, args: GetArgs): Message[] {
  const rows = context.state[args.useridto ? 'received' : 'sent'].get(args.useridto || args.useridfrom) ?? []
  return rows.filter((row) => {
    if (args.useridto && args.useridfrom && row.useridfrom !== args.useridfrom) return false
    if (args.read === 2) return true
    const recipient = args.useridto || recipientOf(context, row)
    return row.timeread.has(recipient) === (args.read === 1)
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
    fullmessage: row.text,
    fullmessageformat: row.format,
    fullmessagehtml: html ? row.text : '',
    smallmessage: row.text,
    notification: 0,
    contexturl: null,
    contexturlname: null,
    timecreated: row.timecreated,
    timeread: row.timeread.get(useridto) ?? null,
    usertofullname: to ? fullname(to) : '',
    userfromfullname: from ? fullname(from) : '',
    component: 'moodle',
    eventtype: 'instantmessage',
    customdata: null,
  }
}

/** Deleted rows are taken away after the limit has cut: a page may come short. */
const getMessages = handler<GetArgs>((args, context) => {
  const { state, user } = context
  checkGetArgs(args, context)
  const messages = args.type === 'notifications' || !state.settings.messaging ? [] : individual(context, args)
  const notes = args.type === 'conversations' ? [] : notificationsFor(context, args)
  type Entry = { id: number; timecreated: number; message?: Message; row?: unknown }
  const entries: Entry[] = [
    ...messages.map((message) => ({ id: message.id, timecreated: message.timecreated, message })),
    ...notes.map((note) => ({
      id: note.id,
      timecreated: note.timecreated,
      row: notificationMessage(context, note),
    })),
  ]
  const end = args.limitnum > 0 ? args.limitfrom + args.limitnum : undefined
  const page = args.newestfirst
    ? newestFirst(entries, args.limitfrom, args.limitnum)
    : entries.toSorted((a, b) => a.timecreated - b.timecreated || a.id - b.id).slice(args.limitfrom, end)
  const shown = page.filter((entry) => !entry.message?.deleted.has(user.id))
  const rows = shown.map((entry) =>
    entry.message
      ? oldRow(context, entry.message, args.useridto || recipientOf(context, entry.message))
      : entry.row,
  )
  return { messages: rows, warnings: [] }
})

function checkGetArgs(args: GetArgs, { state, user }: Context): void {
  if (!['notifications', 'conversations', 'both'].includes(args.type)) {
    throw invalidParameter(`Invalid value for type parameter (value: ${args.type})`)
  }
  if (!state.settings.messaging && args.type === 'conversations') throw messagingDisabled()
  if (args.useridto && !state.users.has(args.useridto))
    throw new MoodleError('Invalid user', { errorcode: 'invaliduser' })
  if (args.useridfrom > 0 && !state.users.has(args.useridfrom)) throw noRecord('user')
  if (args.useridto !== user.id && args.useridfrom !== user.id && !user.siteadmin) {
    throw new MoodleError('Access denied', { errorcode: 'accessdenied', module: 'admin' })
  }
}

const markMessageRead = messaging<{ messageid: number; timeread: number }>(
  ({ messageid, timeread }, context) => {
    const message = context.state.messages.get(messageid)
    if (!message) throw noRecord('messages')
    const conversation = conversationOf(context, message.conversationid, context.user.id)
    if (!conversation || message.useridfrom === context.user.id) {
      throw invalidParameter("Invalid messageid, you don't have permissions to mark this message as read")
    }
    markRead(context.state, context.user.id, message, timeread || context.state.clock.now())
    return { messageid, warnings: [] }
  },
)

const markAll = messaging<{ userid: number; conversationid: number }>((args, context) => {
  const userid = args.userid || context.user.id
  requireSelf(context, userid)
  const conversation = conversationOf(context, args.conversationid, userid)
  if (!conversation) throw sentence('You do not have permission to perform this action.')
  markConversationRead(context.state, userid, conversation)
  return null
})

export const messageFunctions: Handlers = {
  core_message_get_conversation_messages: getConversationMessages,
  core_message_get_messages: getMessages,
  core_message_mark_message_read: markMessageRead,
  core_message_mark_all_conversation_messages_as_read: markAll,
}
