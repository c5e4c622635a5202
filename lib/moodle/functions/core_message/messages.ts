import { defineFunction } from '../../define.ts'
import { once } from '../../once.ts'
import { bool, int, list, maybe, nothing, opt, params, row, str, warnings } from '../shapes.ts'
import { member, message } from './shapes.ts'

const read = { type: 'read', ajax: true, mobile: true } as const
const idempotent = { type: 'write', idempotent: true, ajax: true, mobile: true } as const

/** Carries no conversation id, and covers individual conversations only: map by person. */
const messageBetween = once(() =>
  row({
    id: int,
    useridfrom: int,
    useridto: int,
    subject: maybe(str),
    text: maybe(str),
    fullmessage: maybe(str),
    fullmessageformat: maybe(int),
    fullmessagehtml: maybe(str),
    smallmessage: maybe(str),
    notification: int,
    contexturl: maybe(str),
    contexturlname: maybe(str),
    timecreated: int,
    timeread: maybe(int),
    usertofullname: maybe(str),
    userfromfullname: maybe(str),
    component: opt(maybe(str)),
    eventtype: opt(maybe(str)),
    customdata: opt(maybe(str)),
  }),
)

export const messages = {
  /** The cheap way to see change. `read`: 0 unread, 1 read, 2 both; `type`: conversations, notifications, both. */
  core_message_get_messages: defineFunction({
    ...read,
    params: () =>
      params({
        useridto: int,
        useridfrom: opt(int),
        type: opt(str),
        read: opt(int),
        newestfirst: opt(bool),
        limitfrom: opt(int),
        limitnum: opt(int),
      }),
    returns: () => row({ messages: list(messageBetween()), warnings: opt(warnings()) }),
  }),
  /** `timefrom` is inclusive and clipped to the last second; deletions are never reported. */
  core_message_get_conversation_messages: defineFunction({
    ...read,
    params: () =>
      params({
        currentuserid: int,
        convid: int,
        limitfrom: opt(int),
        limitnum: opt(int),
        newest: opt(bool),
        timefrom: opt(int),
      }),
    returns: () => row({ id: int, members: list(member()), messages: list(message()) }),
  }),
  /** Finds the text as it was sent, link targets included; also received messages, not those deleted. */
  core_message_data_for_messagearea_search_messages: defineFunction({
    ...read,
    params: () => params({ userid: int, search: str, limitfrom: opt(int), limitnum: opt(int) }),
    returns: () =>
      row({
        contacts: list(
          row({
            userid: int,
            fullname: str,
            profileimageurl: str,
            profileimageurlsmall: str,
            ismessaging: bool,
            sentfromcurrentuser: bool,
            lastmessage: maybe(str),
            lastmessagedate: maybe(int),
            messageid: maybe(int),
            showonlinestatus: maybe(bool),
            isonline: maybe(bool),
            isread: maybe(bool),
            isblocked: maybe(bool),
            unreadcount: maybe(int),
            conversationid: maybe(int),
          }),
        ),
      }),
  }),
  core_message_mark_message_read: defineFunction({
    ...idempotent,
    params: () => params({ messageid: int, timeread: opt(int) }),
    returns: () => row({ messageid: int, warnings: opt(warnings()) }),
  }),
  core_message_mark_all_conversation_messages_as_read: defineFunction({
    ...idempotent,
    params: () => params({ userid: int, conversationid: int }),
    returns: nothing,
  }),
}
