import { defineFunction } from '../../define.ts'
import { once } from '../../once.ts'
import { int, list, nothing, opt, params, row, warnings } from '../shapes.ts'
import { contactRequest, member } from './shapes.ts'

const read = { type: 'read', ajax: true, mobile: true } as const
const write = { type: 'write', ajax: true, mobile: true } as const
const between = { userid: int, requesteduserid: int }
const page = once(() => ({ userid: int, limitfrom: opt(int), limitnum: opt(int) }))

export const contacts = {
  core_message_get_user_contacts: defineFunction({
    ...read,
    params: () => params(page()),
    returns: () => list(member()),
  }),
  core_message_get_contact_requests: defineFunction({
    ...read,
    params: () => params(page()),
    returns: () => list(member()),
  }),
  core_message_create_contact_request: defineFunction({
    ...write,
    params: () => params(between),
    returns: () => row({ request: opt(contactRequest()), warnings: opt(warnings()) }),
  }),
  core_message_confirm_contact_request: defineFunction({
    ...write,
    params: () => params(between),
    returns: warnings,
  }),
  core_message_decline_contact_request: defineFunction({
    ...write,
    params: () => params(between),
    returns: warnings,
  }),
  core_message_delete_contacts: defineFunction({
    ...write,
    params: () => params({ userids: list(int), userid: opt(int) }),
    returns: nothing,
  }),
  core_message_block_user: defineFunction({
    ...write,
    params: () => params({ userid: int, blockeduserid: int }),
    returns: warnings,
  }),
  core_message_unblock_user: defineFunction({
    ...write,
    params: () => params({ userid: int, unblockeduserid: int }),
    returns: warnings,
  }),
}
