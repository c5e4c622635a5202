import { grouped, pairKey, type State } from './state.ts'
import { type Conversation, GROUP, INDIVIDUAL, type Message, SELF } from './types.ts'

function addConversation(
  state: State,
  type: Conversation['type'],
  members: number[],
  timecreated: number,
  rest: Partial<Conversation> = {},
): Conversation {
  const id = ++state.counters.conversation
  const conversation: Conversation = {
    id,
    type,
    name: null,
    subname: null,
    groupid: 0,
    members: new Set(members),
    messages: [],
    timecreated,
    ...rest,
  }
  state.conversations.set(id, conversation)
  for (const userid of members) grouped(state.conversationsOf, userid, () => new Set()).add(id)
  return conversation
}

export function between(state: State, a: number, b: number): Conversation | undefined {
  return state.conversations.get(state.pairs.get(pairKey(a, b)) ?? -1)
}

export function ensureBetween(state: State, a: number, b: number, time = state.clock.now()): Conversation {
  if (a === b) return ensureSelf(state, a, time)
  const held = between(state, a, b)
  if (held) return held
  const made = addConversation(state, INDIVIDUAL, [a, b], time)
  state.pairs.set(pairKey(a, b), made.id)
  return made
}

/** Moodle makes the self conversation when it is first needed, and stars it. */
export function ensureSelf(state: State, userid: number, time = state.clock.now()): Conversation {
  const held = between(state, userid, userid)
  if (held) return held
  const made = addConversation(state, SELF, [userid], time)
  state.pairs.set(pairKey(userid, userid), made.id)
  grouped(state.favourites, userid, () => new Set()).add(made.id)
  return made
}

export function addGroupConversation(
  state: State,
  group: { id: number; name: string; subname: string; members: number[] },
  time: number,
): Conversation {
  const { id: groupid, name, subname, members } = group
  return addConversation(state, GROUP, members, time, { groupid, name, subname })
}

export function addMessage(
  state: State,
  conversation: Conversation,
  row: { useridfrom: number; text: string; format: number; timecreated?: number },
): Message {
  const message: Message = {
    id: ++state.counters.message,
    conversationid: conversation.id,
    useridfrom: row.useridfrom,
    text: row.text,
    format: row.format,
    timecreated: row.timecreated ?? state.clock.now(),
    timeread: new Map(),
    deleted: new Set(),
  }
  conversation.messages.push(message)
  state.messages.set(message.id, message)
  index(state, conversation, message)
  for (const listener of state.listeners) listener(message, conversation)
  return message
}

function index(state: State, conversation: Conversation, message: Message): void {
  const individual = conversation.type === INDIVIDUAL
  if (individual) grouped(state.sent, message.useridfrom, () => []).push(message)
  for (const userid of conversation.members) {
    if (userid === message.useridfrom) continue
    if (individual) grouped(state.received, userid, () => []).push(message)
    unreadIn(state, userid, conversation.id).add(message.id)
  }
}

function unreadIn(state: State, userid: number, conversationid: number): Set<number> {
  const mine = grouped(state.unread, userid, () => new Map<number, Set<number>>())
  return grouped(mine, conversationid, () => new Set<number>())
}

/** Most counts leave out what is deleted on one's own side; core_message_get_unread_conversations_count does not. */
export function unreadCount(state: State, userid: number, conversationid: number): number {
  const ids = state.unread.get(userid)?.get(conversationid) ?? []
  return [...ids].filter((id) => !state.messages.get(id)?.deleted.has(userid)).length
}

export function markRead(state: State, userid: number, message: Message, time = state.clock.now()): void {
  if (message.useridfrom === userid || message.timeread.has(userid)) return
  message.timeread.set(userid, time)
  const held = state.unread.get(userid)?.get(message.conversationid)
  held?.delete(message.id)
  if (held?.size === 0) state.unread.get(userid)?.delete(message.conversationid)
}

export function markConversationRead(state: State, userid: number, conversation: Conversation): void {
  const unread = state.unread.get(userid)?.get(conversation.id) ?? new Set()
  for (const id of [...unread]) {
    const message = state.messages.get(id)
    if (message) markRead(state, userid, message)
  }
}

/** Deleting does not mark as read: one of the counters goes on counting the message (a ghost). */
export function deleteFor(message: Message, userid: number): void {
  message.deleted.add(userid)
}

/** Moodle orders by second only. Within a second the order depends on whether a limit cuts the rows: (recorded). */
export function newestFirst<T extends { id: number; timecreated: number }>(
  rows: readonly T[],
  from: number,
  limit: number,
  tiesAnyhow = false,
): T[] {
  const anyhow = (id: number) => (tiesAnyhow ? (id * 7919 + from * 31 + limit) % 101 : 0)
  const cuts = limit > 0 && limit + from < rows.length
  const within = cuts ? -1 : 1
  const sorted =
    isSorted(rows) && cuts && !tiesAnyhow
      ? rows.toReversed()
      : rows.toSorted(
          (a, b) => b.timecreated - a.timecreated || anyhow(a.id) - anyhow(b.id) || within * (a.id - b.id),
        )
  return limit > 0 ? sorted.slice(from, from + limit) : sorted.slice(from)
}

function isSorted(rows: readonly { timecreated: number; id: number }[]): boolean {
  return rows.every((row, at) => {
    const before = rows[at - 1]
    return (
      !before ||
      before.timecreated < row.timecreated ||
      (before.timecreated === row.timecreated && before.id < row.id)
    )
  })
}

export const visibleMessages = (conversation: Conversation, userid: number): Message[] =>
  conversation.messages.filter((message) => !message.deleted.has(userid))

export function lastVisible(conversation: Conversation, userid: number): Message | undefined {
  return conversation.messages.findLast((message) => !message.deleted.has(userid))
}

/** The list's own idea of the last message: of the last visible second the highest id, be it deleted or not. */
export function listedLast(conversation: Conversation, userid: number): Message | undefined {
  const time = lastVisible(conversation, userid)?.timecreated
  return time === undefined
    ? undefined
    : conversation.messages.findLast((message) => message.timecreated === time)
}

export const otherMember = (conversation: Conversation, userid: number): number =>
  [...conversation.members].find((id) => id !== userid) ?? userid
