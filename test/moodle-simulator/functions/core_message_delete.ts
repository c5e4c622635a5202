import { deleteFor } from '../conversations.ts'
import { sentence } from '../errors.ts'
import { conversationOf, type Handlers, messaging, requireSelf } from './handler.ts'

/** A second deletion is answered with a false status, not with an error (recorded). */
const deleteMessage = messaging<{ messageid: number; userid: number }>((args, context) => {
  const message = context.state.messages.get(args.messageid)
  const conversation = message && conversationOf(context, message.conversationid, args.userid)
  if (args.userid !== context.user.id || !message || !conversation) {
    throw sentence('You do not have permission to delete this message')
  }
  const status = !message.deleted.has(args.userid)
  deleteFor(message, args.userid)
  return { status, warnings: [] }
})

const deleteForAll = messaging<{ messageid: number; userid: number }>((args, context) => {
  const message = context.state.messages.get(args.messageid)
  if (!message || args.userid !== context.user.id || !context.user.siteadmin) {
    throw sentence('You do not have permission to delete this message for everyone.')
  }
  for (const id of context.state.conversations.get(message.conversationid)?.members ?? [])
    deleteFor(message, id)
  return []
})

const deleteConversations = messaging<{ userid: number; conversationids: number[] }>((args, context) => {
  requireSelf(context, args.userid)
  for (const id of args.conversationids) {
    const conversation = conversationOf(context, id, args.userid)
    if (!conversation) throw sentence(`You do not have permission to delete the conversation '${id}'`)
    for (const message of conversation.messages) deleteFor(message, args.userid)
  }
  return []
})

export const deleteFunctions: Handlers = {
  core_message_delete_message: deleteMessage,
  core_message_delete_message_for_all_users: deleteForAll,
  core_message_delete_conversations_by_id: deleteConversations,
}
