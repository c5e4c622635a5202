import { defineFunction } from '../../define.ts'
import { bool, int, list, maybe, opt, params, row, str, warnings } from '../shapes.ts'
import { member } from './shapes.ts'

const read = { type: 'read', ajax: true, mobile: true } as const
const tokenOnly = { type: 'read', ajax: false, mobile: true } as const

export const people = {
  core_message_get_conversation_members: defineFunction({
    ...read,
    params: () =>
      params({
        userid: int,
        conversationid: int,
        includecontactrequests: opt(bool),
        includeprivacyinfo: opt(bool),
        limitfrom: opt(int),
        limitnum: opt(int),
      }),
    returns: () => list(member()),
  }),
  core_message_get_member_info: defineFunction({
    ...read,
    params: () =>
      params({
        referenceuserid: int,
        userids: list(int),
        includecontactrequests: opt(bool),
        includeprivacyinfo: opt(bool),
      }),
    returns: () => list(member()),
  }),
  core_message_message_search_users: defineFunction({
    ...read,
    params: () => params({ userid: int, search: str, limitfrom: opt(int), limitnum: opt(int) }),
    returns: () => row({ contacts: list(member()), noncontacts: list(member()) }),
  }),
  core_message_search_contacts: defineFunction({
    ...tokenOnly,
    params: () => params({ searchtext: str, onlymycourses: opt(bool) }),
    returns: () =>
      list(
        row({
          id: int,
          fullname: str,
          profileimageurl: opt(maybe(str)),
          profileimageurlsmall: opt(maybe(str)),
        }),
      ),
  }),
  core_message_get_blocked_users: defineFunction({
    ...tokenOnly,
    params: () => params({ userid: int }),
    returns: () =>
      row({
        users: list(row({ id: int, fullname: str, profileimageurl: opt(maybe(str)) })),
        warnings: opt(warnings()),
      }),
  }),
}
