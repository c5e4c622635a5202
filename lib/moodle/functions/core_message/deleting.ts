import { defineFunction } from '../../define.ts'
import { bool, int, list, opt, params, row, warnings } from '../shapes.ts'

const write = { type: 'write', ajax: true, mobile: true } as const

export const deleting = {
  /** On one's own side only. `status` is false where it was deleted already. */
  core_message_delete_message: defineFunction({
    ...write,
    params: () => params({ messageid: int, userid: int, read: opt(bool) }),
    returns: () => row({ status: bool, warnings: opt(warnings()) }),
  }),
  core_message_delete_message_for_all_users: defineFunction({
    ...write,
    params: () => params({ messageid: int, userid: int }),
    returns: warnings,
  }),
  core_message_delete_conversations_by_id: defineFunction({
    ...write,
    params: () => params({ userid: int, conversationids: list(int) }),
    returns: warnings,
  }),
}
