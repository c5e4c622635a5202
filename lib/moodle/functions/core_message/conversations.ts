import { defineFunction } from '../../define.ts'
import { once } from '../../once.ts'
import { bool, int, list, opt, params, row, warnings } from '../shapes.ts'
import { conversation } from './shapes.ts'

const read = { type: 'read', ajax: true, mobile: true } as const
const idempotent = { type: 'write', idempotent: true, ajax: true, mobile: true } as const

const window = once(() => ({
  includecontactrequests: bool,
  includeprivacyinfo: bool,
  memberlimit: opt(int),
  memberoffset: opt(int),
  messagelimit: opt(int),
  messageoffset: opt(int),
  newestmessagesfirst: opt(bool),
}))

export const conversations = {
  /** One message each. Slow on some databases (minutes for 1,000 conversations): never poll it. */
  core_message_get_conversations: defineFunction({
    ...read,
    params: () =>
      params({
        userid: int,
        limitfrom: opt(int),
        limitnum: opt(int),
        type: opt(int),
        favourites: opt(bool),
        mergeself: opt(bool),
      }),
    returns: () => row({ conversations: list(conversation()) }),
  }),
  core_message_get_conversation: defineFunction({
    ...read,
    params: () => params({ userid: int, conversationid: int, ...window() }),
    returns: conversation,
  }),
  core_message_get_conversation_between_users: defineFunction({
    ...read,
    params: () => params({ userid: int, otheruserid: int, ...window() }),
    returns: conversation,
  }),
  core_message_get_self_conversation: defineFunction({
    ...read,
    params: () =>
      params({
        userid: int,
        messagelimit: opt(int),
        messageoffset: opt(int),
        newestmessagesfirst: opt(bool),
      }),
    returns: conversation,
  }),
  /** A favourite set again stays one. */
  core_message_set_favourite_conversations: defineFunction({
    ...idempotent,
    params: () => params({ userid: opt(int), conversations: list(int) }),
    returns: warnings,
  }),
  /** Not idempotent: for what is no favourite, Moodle throws a sentence. */
  core_message_unset_favourite_conversations: defineFunction({
    type: 'write',
    ajax: true,
    mobile: true,
    params: () => params({ userid: opt(int), conversations: list(int) }),
    returns: warnings,
  }),
  core_message_mute_conversations: defineFunction({
    ...idempotent,
    params: () => params({ userid: int, conversationids: list(int) }),
    returns: warnings,
  }),
  core_message_unmute_conversations: defineFunction({
    ...idempotent,
    params: () => params({ userid: int, conversationids: list(int) }),
    returns: warnings,
  }),
}
