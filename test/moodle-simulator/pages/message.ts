import { lastVisible, otherMember, visibleMessages } from '../conversations.ts'
import { render } from '../rendering.ts'
import { fullname } from '../state.ts'
import { type Conversation, GROUP, INDIVIDUAL, type Message } from '../types.ts'
import { attribute, h, layout, type Visit } from './layout.ts'

const nameOf = ({ world, user }: Visit, conversation: Conversation): string => {
  if (conversation.type === GROUP) return conversation.name ?? ''
  const other = world.state.users.get(otherMember(conversation, user.id))
  return other ? fullname(other) : ''
}

function list(visit: Visit, open: Conversation | undefined): string {
  const { state } = visit.world
  const mine = [...(state.conversationsOf.get(visit.user.id) ?? [])]
    .flatMap((id) => state.conversations.get(id) ?? [])
    .filter((row) => row.type !== INDIVIDUAL || lastVisible(row, visit.user.id) || row === open)
    .toSorted(
      (a, b) =>
        (lastVisible(b, visit.user.id)?.timecreated ?? 0) - (lastVisible(a, visit.user.id)?.timecreated ?? 0),
    )
    .slice(0, 50)
  return mine
    .map((row) => {
      const unread = state.unread.get(visit.user.id)?.get(row.id)?.size ?? 0
      const badge = unread > 0 ? `<span data-region="unread-count">${unread}</span>` : ''
      const current = row === open ? ' aria-current="true"' : ''
      return `<a href="${state.wwwroot}/message/index.php?convid=${row.id}" data-conversation-id="${row.id}"${current}><span>${h(nameOf(visit, row))}</span>${badge}</a>`
    })
    .join('')
}

function bubble({ world, user }: Visit, message: Message): string {
  const { state } = world
  const side = message.useridfrom === user.id ? 'send' : 'received'
  const time = new Date(message.timecreated * 1000).toISOString().slice(11, 16)
  return (
    `<div class="message ${side}" data-region="message" data-message-id="${message.id}" data-user-id="${message.useridfrom}">` +
    `<div data-region="text-container">${render(message.text, message.format, state.wwwroot)}</div><div class="time">${time}</div></div>`
  )
}

function thread(visit: Visit, open: Conversation | undefined, to: number): string {
  if (!open && to === 0) return '<p class="dimmed">No conversation selected</p>'
  const { wwwroot } = visit.world.state
  const target = open
    ? `<input type="hidden" name="convid" value="${open.id}">`
    : `<input type="hidden" name="id" value="${to}">`
  const person = visit.world.state.users.get(to)
  const name = open ? nameOf(visit, open) : person ? fullname(person) : ''
  const rows = open ? visibleMessages(open, visit.user.id).slice(-100) : []
  return (
    `<h2>${h(name)}</h2><div data-region="content-message-container">${rows.map((row) => bubble(visit, row)).join('')}</div>` +
    `<form method="post" action="${wwwroot}/message/index.php" data-region="send-message-container"><input type="hidden" name="sesskey" value="${attribute(visit.session.sesskey)}">${target}` +
    `<textarea class="form-control" name="text" rows="3" data-region="send-message-txt" aria-label="Write a message..." placeholder="Write a message..."></textarea><button class="btn btn-primary" data-action="send-message">Send message</button></form>`
  )
}

/** Moodle's own message page: where the other side sees what arrived. */
export function messagePage(visit: Visit, open: Conversation | undefined, to: number): string {
  return layout(visit, {
    title: 'Messages',
    bodyId: 'page-message-index',
    classes: 'limitedwidth path-message',
    layout: 'standard',
    contextid: 1000 + visit.user.id,
    contextInstanceId: visit.user.id,
    main: `<div class="message-app main card" data-region="message-drawer" data-user-id="${visit.user.id}"><div class="list" data-region="view-overview">${list(visit, open)}</div><div class="conversation" data-region="view-conversation" data-conversation-id="${open?.id ?? ''}">${thread(visit, open, to)}</div></div>`,
  })
}
