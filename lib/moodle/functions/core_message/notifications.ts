import { defineFunction } from '../../define.ts'
import { bool, int, opt, params, row, warnings } from '../shapes.ts'

const idempotent = { type: 'write', idempotent: true, ajax: true, mobile: true } as const

export const notifications = {
  core_message_get_unread_notification_count: defineFunction({
    type: 'read',
    ajax: false,
    mobile: true,
    params: () => params({ useridto: int }),
    returns: () => int,
  }),
  core_message_mark_notification_read: defineFunction({
    ...idempotent,
    params: () => params({ notificationid: int, timeread: opt(int) }),
    returns: () => row({ notificationid: int, warnings: opt(warnings()) }),
  }),
  core_message_mark_all_notifications_as_read: defineFunction({
    ...idempotent,
    params: () => params({ useridto: int, useridfrom: opt(int), timecreatedto: opt(int) }),
    returns: () => bool,
  }),
}
