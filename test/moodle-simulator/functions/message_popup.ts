import { newestFirst } from '../conversations.ts'
import { invalidParameter, noRecord } from '../errors.ts'
import { render } from '../rendering.ts'
import { fullname } from '../state.ts'
import type { Notification } from '../types.ts'
import { type Context, type Handlers, handler, requireAccess } from './handler.ts'
import { THEME_REVISION } from './people.ts'

export const notificationsFor = (
  { state }: Context,
  wanted: { useridto: number; useridfrom: number; read: number },
): Notification[] =>
  state.notifications.filter(
    (row) =>
      (!wanted.useridto || row.useridto === wanted.useridto) &&
      (!wanted.useridfrom || row.useridfrom === wanted.useridfrom) &&
      (wanted.read === 2 || (row.timeread !== null) === (wanted.read === 1)),
  )

const unreadOf = (context: Context, useridto: number): Notification[] =>
  notificationsFor(context, { useridto, useridfrom: 0, read: 0 })

function shared(context: Context, row: Notification) {
  const { wwwroot } = context.state
  return {
    id: row.id,
    useridfrom: row.useridfrom,
    useridto: row.useridto,
    subject: row.subject,
    text: render(row.fullmessagehtml || row.fullmessage, row.fullmessageformat, wwwroot),
    fullmessage: row.fullmessage,
    fullmessageformat: row.fullmessageformat,
    fullmessagehtml: row.fullmessagehtml,
    smallmessage: row.smallmessage,
    contexturl: row.contexturl.startsWith('/') ? `${wwwroot}${row.contexturl}` : row.contexturl,
    contexturlname: row.contexturlname,
    timecreated: row.timecreated,
    timeread: row.timeread,
    iconurl: `${wwwroot}/theme/image.php/boost/core/${THEME_REVISION}/i/marker`,
    component: row.component,
    eventtype: row.eventtype,
    customdata: row.customdata,
  }
}

/** As core_message_get_messages writes it. */
export function notificationMessage(context: Context, row: Notification) {
  const [from, to] = [context.state.users.get(row.useridfrom), context.state.users.get(row.useridto)]
  return {
    ...shared(context, row),
    notification: 1,
    usertofullname: to ? fullname(to) : '',
    userfromfullname: from ? fullname(from) : '',
  }
}

function ago(seconds: number): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  return minutes > 0 ? `${minutes} mins ${rest} secs ago` : `${rest} secs ago`
}

function popup(context: Context, row: Notification) {
  return {
    ...shared(context, row),
    shortenedsubject: row.subject,
    timecreatedpretty: ago(context.state.clock.now() - row.timecreated),
    read: row.timeread !== null,
    deleted: false,
  }
}

type PopupArgs = { useridto: number; newestfirst: boolean; limit: number; offset: number }

const getPopupNotifications = handler<PopupArgs>((args, context) => {
  const useridto = args.useridto || context.user.id
  requireAccess(context, useridto)
  const rows = notificationsFor(context, { useridto, useridfrom: 0, read: 2 })
  const end = args.limit > 0 ? args.offset + args.limit : undefined
  const page = args.newestfirst ? newestFirst(rows, args.offset, args.limit) : rows.slice(args.offset, end)
  return {
    notifications: page.map((row) => popup(context, row)),
    unreadcount: unreadOf(context, useridto).length,
  }
})

const unreadCount = handler<{ useridto: number }>(({ useridto }, context) => {
  const id = useridto || context.user.id
  requireAccess(context, id)
  return unreadOf(context, id).length
})

const markRead = handler<{ notificationid: number; timeread: number }>(
  ({ notificationid, timeread }, context) => {
    const row = context.state.notifications.find((notification) => notification.id === notificationid)
    if (!row) throw noRecord('notifications')
    if (row.useridto !== context.user.id) {
      throw invalidParameter(
        "Invalid notificationid, you don't have permissions to mark this notification as read",
      )
    }
    row.timeread ??= timeread || context.state.clock.now()
    return { notificationid, warnings: [] }
  },
)

type AllArgs = { useridto: number; useridfrom: number; timecreatedto: number }

const markAllRead = handler<AllArgs>((args, context) => {
  requireAccess(context, args.useridto)
  for (const row of notificationsFor(context, { ...args, read: 0 })) {
    if (!args.timecreatedto || row.timecreated <= args.timecreatedto) row.timeread = context.state.clock.now()
  }
  return true
})

export const notificationFunctions: Handlers = {
  message_popup_get_popup_notifications: getPopupNotifications,
  message_popup_get_unread_popup_notification_count: unreadCount,
  core_message_get_unread_notification_count: unreadCount,
  core_message_mark_notification_read: markRead,
  core_message_mark_all_notifications_as_read: markAllRead,
}
