import { defineFunction } from '../../define.ts'
import { bool, int, list, maybe, messageText, opt, params, row, str } from '../shapes.ts'
import { message } from './shapes.ts'

const write = { type: 'write', ajax: true, mobile: true } as const

export const sending = {
  /**
   * One row for each recipient; a refused row has `msgid` -1 and an `errormessage`. An unknown recipient fails the
   * whole call after the other messages were stored: one recipient a call, known to exist.
   */
  core_message_send_instant_messages: defineFunction({
    ...write,
    params: () =>
      params({
        messages: list(
          params({ touserid: int, text: messageText(), textformat: opt(int), clientmsgid: opt(str) }),
        ),
      }),
    returns: () =>
      list(
        row({
          msgid: int,
          clientmsgid: opt(maybe(str)),
          errormessage: opt(maybe(str)),
          text: opt(maybe(str)),
          timecreated: opt(maybe(int)),
          conversationid: opt(maybe(int)),
          useridfrom: opt(maybe(int)),
          candeletemessagesforallusers: opt(bool),
        }),
      ),
  }),
  /** Throws at the first bad message and keeps those before it. */
  core_message_send_messages_to_conversation: defineFunction({
    ...write,
    params: () =>
      params({
        conversationid: int,
        messages: list(params({ text: messageText(), textformat: opt(int) })),
      }),
    returns: () => list(message()),
  }),
}
