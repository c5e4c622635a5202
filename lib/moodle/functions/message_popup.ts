import { defineFunction } from '../define.ts'
import { once } from '../once.ts'
import { bool, int, list, maybe, opt, params, row, str } from './shapes.ts'

const read = { type: 'read', ajax: true, mobile: true } as const

/** Ids are not guaranteed to be unique; `customdata` is JSON in a string. */
const notification = once(() =>
  row({
    id: int,
    useridfrom: int,
    useridto: int,
    subject: maybe(str),
    shortenedsubject: maybe(str),
    text: maybe(str),
    fullmessage: maybe(str),
    fullmessageformat: maybe(int),
    fullmessagehtml: maybe(str),
    smallmessage: maybe(str),
    contexturl: maybe(str),
    contexturlname: maybe(str),
    timecreated: int,
    timecreatedpretty: maybe(str),
    timeread: maybe(int),
    read: bool,
    deleted: bool,
    iconurl: maybe(str),
    component: opt(maybe(str)),
    eventtype: opt(maybe(str)),
    customdata: opt(maybe(str)),
  }),
)

export const message_popup = {
  message_popup_get_popup_notifications: defineFunction({
    ...read,
    params: () => params({ useridto: int, newestfirst: opt(bool), limit: opt(int), offset: opt(int) }),
    returns: () => row({ notifications: list(notification()), unreadcount: int }),
  }),
  message_popup_get_unread_popup_notification_count: defineFunction({
    ...read,
    params: () => params({ useridto: int }),
    returns: () => int,
  }),
}
