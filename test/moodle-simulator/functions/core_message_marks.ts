import { sentence } from '../errors.ts'
import { grouped } from '../state.ts'
import { conversationOf, type Handlers, messaging, requireOwn, requireSelf } from './handler.ts'

type StarArgs = { userid: number; conversations: number[] }

/** Taking away a star that is not there is an error (recorded); setting one twice is none. */
const favourite = (on: boolean) =>
  messaging<StarArgs>((args, context) => {
    const userid = args.userid || context.user.id
    requireSelf(context, userid)
    const held = grouped(context.state.favourites, userid, () => new Set<number>())
    for (const id of args.conversations) {
      if (on && !conversationOf(context, id, userid)) {
        throw sentence("Conversation doesn't exist or user is not a member")
      }
      if (!on && !held.has(id)) throw sentence('Favourite does not exist for the user. Cannot delete.')
      if (on) held.add(id)
      else held.delete(id)
    }
    return []
  })

const mute = (on: boolean) =>
  messaging<{ userid: number; conversationids: number[] }>(({ userid, conversationids }, context) => {
    requireOwn(context, userid)
    const held = grouped(context.state.muted, userid, () => new Set<number>())
    for (const id of conversationids) {
      if (on) held.add(id)
      else held.delete(id)
    }
    return []
  })

export const markFunctions: Handlers = {
  core_message_set_favourite_conversations: favourite(true),
  core_message_unset_favourite_conversations: favourite(false),
  core_message_mute_conversations: mute(true),
  core_message_unmute_conversations: mute(false),
}
