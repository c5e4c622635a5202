import { defineFunction } from '../../define.ts'
import { once } from '../../once.ts'
import { int, opt, params, row } from '../shapes.ts'

const read = { type: 'read', ajax: true, mobile: true } as const

/** By conversation type: 1 individual, 2 group, 3 self. Favourites are not counted in their type. */
const byType = once(() => row({ favourites: int, types: row({ 1: int, 2: int, 3: int }) }))

/** Counters are no change detectors: a second message in an unread conversation does not move them. */
export const counts = {
  core_message_get_conversation_counts: defineFunction({
    ...read,
    params: () => params({ userid: opt(int) }),
    returns: byType,
  }),
  core_message_get_unread_conversation_counts: defineFunction({
    ...read,
    params: () => params({ userid: opt(int) }),
    returns: byType,
  }),
  core_message_get_unread_conversations_count: defineFunction({
    ...read,
    params: () => params({ useridto: int }),
    returns: () => int,
  }),
  core_message_get_received_contact_requests_count: defineFunction({
    ...read,
    params: () => params({ userid: int }),
    returns: () => int,
  }),
}
