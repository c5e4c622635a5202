import { sentence } from '../errors.ts'
import { grouped } from '../state.ts'
import { type Context, conversationOf, type Handlers, messaging, requireSelf } from './handler.ts'

/** Stars and mutes; taking away a star that is not there is an error (recorded). */
function setFlags(table: 'favourites' | 'muted', on: boolean, strict: boolean) {
  return (context: Context, userid: number, ids: number[]) => {
    requireSelf(context, userid)
    const held = grouped(context.state[table], userid, () => new Set<number>())
    for (const id of ids) {
      if (!conversationOf(context, id, userid)) throw sentence('User is not part of conversation.')
      if (strict && !held.has(id)) throw sentence('Favourite does not exist for the user. Cannot delete.')
      if (on) held.add(id)
      else held.delete(id)
    }
    return []
  }
}

const favourite = (on: boolean) =>
  messaging<{ userid: number; conversations: number[] }>((args, context) =>
    setFlags('favourites', on, !on)(context, args.userid || context.user.id, args.conversations),
  )
const mute = (on: boolean) =>
  messaging<{ userid: number; conversationids: number[] }>((args, context) =>
    setFlags('muted', on, false)(context, args.userid, args.conversationids),
  )

export const markFunctions: Handlers = {
  core_message_set_favourite_conversations: favourite(true),
  core_message_unset_favourite_conversations: favourite(false),
  core_message_mute_conversations: mute(true),
  core_message_unmute_conversations: mute(false),
}
