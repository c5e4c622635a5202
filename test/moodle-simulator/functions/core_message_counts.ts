import { ensureSelf, unreadCount } from '../conversations.ts'
import type { Conversation } from '../types.ts'
import { isFavourite, isListed, mine } from './core_message_conversations.ts'
import { type Context, type Handlers, messaging, requireAccess, requireSelf } from './handler.ts'

/** Favourites are left out of their type. */
function counts(context: Context, userid: number, conversations: Conversation[]) {
  const answer = { favourites: 0, types: { 1: 0, 2: 0, 3: 0 } }
  for (const conversation of conversations) {
    if (isFavourite(context, userid, conversation.id)) answer.favourites++
    else answer.types[conversation.type]++
  }
  return answer
}

const listable = (context: Context, userid: number): Conversation[] =>
  mine(context, userid)
    .filter((row) => isListed(row.conversation, row.last))
    .map((row) => row.conversation)

const unread = ({ state }: Context, userid: number): Conversation[] =>
  [...(state.unread.get(userid)?.keys() ?? [])]
    .filter((id) => unreadCount(state, userid, id) > 0)
    .flatMap((id) => state.conversations.get(id) ?? [])

export const countFunctions: Handlers = {
  core_message_get_conversation_counts: messaging<{ userid: number }>(({ userid }, context) => {
    const id = userid || context.user.id
    requireSelf(context, id)
    ensureSelf(context.state, id)
    return counts(context, id, listable(context, id))
  }),
  core_message_get_unread_conversation_counts: messaging<{ userid: number }>(({ userid }, context) => {
    const id = userid || context.user.id
    requireSelf(context, id)
    return counts(context, id, unread(context, id))
  }),
  core_message_get_unread_conversations_count: messaging<{ useridto: number }>(({ useridto }, context) => {
    const id = useridto || context.user.id
    requireAccess(context, id)
    // Messages deleted unread on one's own side go on being counted here, and here only.
    return context.state.unread.get(id)?.size ?? 0
  }),
}
