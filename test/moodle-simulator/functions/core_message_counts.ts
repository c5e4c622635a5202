import { ensureSelf } from '../conversations.ts'
import type { Conversation } from '../types.ts'
import { isFavourite, mine } from './core_message_conversations.ts'
import { type Context, type Handlers, messaging, requireSelf } from './handler.ts'

/** Favourites are left out of their type, as Moodle does. */
function counts(context: Context, userid: number, counted: (conversation: Conversation) => boolean) {
  const answer = { favourites: 0, types: { 1: 0, 2: 0, 3: 0 } }
  for (const { conversation } of mine(context, userid)) {
    if (!counted(conversation)) continue
    if (isFavourite(context, userid, conversation.id)) answer.favourites++
    else answer.types[conversation.type]++
  }
  return answer
}

/** Unread rows are counted even where every message is deleted on one's own side: a ghost. */
function unreadCounts(context: Context, userid: number) {
  const answer = { favourites: 0, types: { 1: 0, 2: 0, 3: 0 } }
  for (const id of context.state.unread.get(userid)?.keys() ?? []) {
    const conversation = context.state.conversations.get(id)
    if (!conversation) continue
    if (isFavourite(context, userid, id)) answer.favourites++
    else answer.types[conversation.type]++
  }
  return answer
}

export const countFunctions: Handlers = {
  core_message_get_conversation_counts: messaging<{ userid: number }>(({ userid }, context) => {
    const id = userid || context.user.id
    requireSelf(context, id)
    ensureSelf(context.state, id)
    return counts(context, id, () => true)
  }),
  core_message_get_unread_conversation_counts: messaging<{ userid: number }>(({ userid }, context) => {
    const id = userid || context.user.id
    requireSelf(context, id)
    return unreadCounts(context, id)
  }),
  core_message_get_unread_conversations_count: messaging<{ useridto: number }>(({ useridto }, context) => {
    const id = useridto || context.user.id
    requireSelf(context, id)
    return context.state.unread.get(id)?.size ?? 0
  }),
}
