import { once } from '../../once.ts'
import { bool, int, list, maybe, opt, row, str } from '../shapes.ts'

export const contactRequest = once(() =>
  row({ id: int, userid: int, requesteduserid: int, timecreated: int }),
)

/** A person as the messaging functions show them. Privacy fields are null unless asked for. */
export const member = once(() =>
  row({
    id: int,
    fullname: str,
    profileurl: str,
    profileimageurl: str,
    profileimageurlsmall: str,
    isonline: maybe(bool),
    showonlinestatus: maybe(bool),
    isblocked: maybe(bool),
    iscontact: maybe(bool),
    isdeleted: maybe(bool),
    canmessageevenifblocked: maybe(bool),
    canmessage: maybe(bool),
    requirescontact: maybe(bool),
    /** Since Moodle 4.5.6 (MDL-72123). */
    cancreatecontact: opt(maybe(bool)),
    contactrequests: opt(list(contactRequest())),
    conversations: opt(list(row({ id: int, type: int, name: maybe(str), timecreated: int }))),
  }),
)

/** `text` is HTML, already filtered by the site. */
export const message = once(() => row({ id: int, useridfrom: int, text: str, timecreated: int }))

/** `type`: 1 individual, 2 group, 3 self. */
export const conversation = once(() =>
  row({
    id: int,
    name: maybe(str),
    subname: maybe(str),
    imageurl: maybe(str),
    type: int,
    membercount: int,
    ismuted: bool,
    isfavourite: bool,
    isread: bool,
    unreadcount: maybe(int),
    members: list(member()),
    messages: list(message()),
    candeletemessagesforallusers: bool,
  }),
)
