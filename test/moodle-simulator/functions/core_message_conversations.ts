import {
  between,
  ensureSelf,
  listedLast,
  newestFirst,
  otherMember,
  unreadCount,
  visibleMessages,
} from '../conversations.ts'
import { MoodleError, sentence } from '../errors.ts'
import { areContacts, canViewProfile } from '../permission.ts'
import { render } from '../rendering.ts'
import { type Conversation, GROUP, INDIVIDUAL, type Message, SELF, type User } from '../types.ts'
import { type Context, conversationOf, type Handlers, messaging, requireOwn, requireSelf } from './handler.ts'
import { memberInfo, THEME_REVISION } from './people.ts'

export const messageRow = (context: Context, message: Message) => ({
  id: message.id,
  useridfrom: message.useridfrom,
  text: render(message.text, message.format, context.state.wwwroot),
  timecreated: message.timecreated,
})

export const isFavourite = ({ state }: Context, userid: number, id: number) =>
  state.favourites.get(userid)?.has(id) ?? false

function shell(
  context: Context,
  user: User,
  conversation: Conversation,
  name: string | null,
  nullUnread: boolean,
) {
  const { state } = context
  const unread = unreadCount(state, user.id, conversation.id)
  const group = conversation.type === GROUP
  return {
    id: conversation.id,
    name: group ? conversation.name : name,
    subname: conversation.subname,
    imageurl: group ? `${state.wwwroot}/theme/image.php/boost/core/${THEME_REVISION}/g/g1` : null,
    type: conversation.type,
    membercount: conversation.members.size,
    ismuted: state.muted.get(user.id)?.has(conversation.id) ?? false,
    isfavourite: isFavourite(context, user.id, conversation.id),
    isread: unread === 0,
    unreadcount: nullUnread && unread === 0 ? null : unread,
  }
}

const infoOf = (
  context: Context,
  viewer: User,
  id: number,
  wanted: { contactrequests?: boolean; privacy?: boolean },
) => {
  const user = context.state.users.get(id)
  return user ? [memberInfo(context.state, viewer, user, wanted)] : []
}

/** Of a group only the last sender is named, of the others the other side. */
function listedMembers(context: Context, user: User, conversation: Conversation, last: Message | undefined) {
  if (conversation.type === GROUP) return last ? infoOf(context, user, last.useridfrom, {}) : []
  const wanted = conversation.type === INDIVIDUAL ? { privacy: true, contactrequests: true } : {}
  return infoOf(context, user, otherMember(conversation, user.id), wanted)
}

/** A last message without text is not shown at all. */
function listed(context: Context, user: User, { conversation, last }: Mine) {
  return {
    ...shell(context, user, conversation, '', true),
    members: listedMembers(context, user, conversation, last),
    messages: last && last.text !== '' && last.text !== '0' ? [messageRow(context, last)] : [],
    candeletemessagesforallusers: user.siteadmin,
  }
}

type Mine = { conversation: Conversation; last: Message | undefined }

export const mine = ({ state }: Context, userid: number): Mine[] =>
  [...(state.conversationsOf.get(userid) ?? [])]
    .flatMap((id) => state.conversations.get(id) ?? [])
    .map((conversation) => ({ conversation, last: listedLast(conversation, userid) }))

/** Individual conversations need a message that one has not deleted; an emptied self conversation is not listed. */
export const isListed = (conversation: Conversation, last: Message | undefined): boolean =>
  last !== undefined ||
  conversation.type === GROUP ||
  (conversation.type === SELF && conversation.messages.length === 0)

type ListArgs = {
  userid: number
  limitfrom: number
  limitnum: number
  type: number | null
  favourites: boolean | null
  mergeself: boolean
}

const fitsType = (conversation: Conversation, args: ListArgs): boolean =>
  args.type === null ||
  conversation.type === args.type ||
  (args.mergeself && args.type === INDIVIDUAL && conversation.type === SELF)

/** What is not listed is left out after the limit has cut: a page may come short, or empty before the end. */
const getConversations = messaging<ListArgs>((args, context) => {
  requireSelf(context, args.userid)
  if (args.type !== null && ![INDIVIDUAL, GROUP, SELF].includes(args.type)) {
    throw sentence(`Invalid value (${args.type}) for type param, please see api constants.`)
  }
  ensureSelf(context.state, args.userid)
  const user = context.state.users.get(args.userid) ?? context.user
  const rows = mine(context, args.userid)
    .filter(({ conversation }) => fitsType(conversation, args))
    .filter(
      ({ conversation }) =>
        args.favourites === null || isFavourite(context, user.id, conversation.id) === args.favourites,
    )
    .toSorted(
      (a, b) =>
        (b.last?.timecreated ?? 0) - (a.last?.timecreated ?? 0) || b.conversation.id - a.conversation.id,
    )
  const end = args.limitnum > 0 ? args.limitfrom + args.limitnum : undefined
  const page = rows.slice(args.limitfrom, end).filter((row) => isListed(row.conversation, row.last))
  return { conversations: page.map((row) => listed(context, user, row)) }
})

type OneArgs = {
  userid: number
  includecontactrequests: boolean
  includeprivacyinfo: boolean
  memberlimit: number
  memberoffset: number
  messagelimit: number
  messageoffset: number
  newestmessagesfirst: boolean
}

function one(context: Context, conversation: Conversation, args: Omit<OneArgs, 'userid'>) {
  const { user } = context
  const others = [...conversation.members].filter((id) => conversation.type === SELF || id !== user.id)
  const wanted = {
    contactrequests: args.includecontactrequests,
    privacy: args.includeprivacyinfo && conversation.type !== SELF,
  }
  const end = args.memberlimit > 0 ? args.memberoffset + args.memberlimit : undefined
  const rows = visibleMessages(conversation, user.id)
  return {
    ...shell(context, user, conversation, null, false),
    members: others.slice(args.memberoffset, end).flatMap((id) => infoOf(context, user, id, wanted)),
    messages: page(context, rows, args).map((row) => messageRow(context, row)),
    candeletemessagesforallusers: user.siteadmin,
  }
}

type Page = Pick<OneArgs, 'messageoffset' | 'messagelimit' | 'newestmessagesfirst'>

function page({ state }: Context, rows: Message[], args: Page): Message[] {
  const { messageoffset: from, messagelimit: limit, newestmessagesfirst: newest } = args
  if (newest) return newestFirst(rows, from, limit, state.settings.tiesAnyhow)
  const sorted = rows.toSorted((a, b) => a.timecreated - b.timecreated || a.id - b.id)
  return sorted.slice(from, limit > 0 ? from + limit : undefined)
}

const noConversation = () =>
  new MoodleError('Conversation does not exist', {
    errorcode: 'errorconversationdoesnotexist',
    module: 'message',
  })

const getConversation = messaging<OneArgs & { conversationid: number }>((args, context) => {
  requireSelf(context, args.userid)
  const conversation = context.state.conversations.get(args.conversationid)
  if (!conversation) throw noConversation()
  if (!conversation.members.has(args.userid))
    throw sentence('You do not have permission to view this conversation.')
  return one(context, conversation, args)
})

const getConversationBetweenUsers = messaging<OneArgs & { otheruserid: number }>((args, context) => {
  requireSelf(context, args.userid)
  const conversation = between(context.state, args.userid, args.otheruserid)
  if (!conversation) throw noConversation()
  return one(context, conversation, args)
})

type SelfArgs = Pick<OneArgs, 'userid' | 'messagelimit' | 'messageoffset' | 'newestmessagesfirst'>

const getSelfConversation = messaging<SelfArgs>((args, context) => {
  requireSelf(context, args.userid)
  const members = {
    memberlimit: 0,
    memberoffset: 0,
    includecontactrequests: false,
    includeprivacyinfo: false,
  }
  return one(context, ensureSelf(context.state, args.userid), { ...args, ...members })
})

type MemberArgs = {
  userid: number
  conversationid: number
  includecontactrequests: boolean
  includeprivacyinfo: boolean
  limitfrom: number
  limitnum: number
}

const getConversationMembers = messaging<MemberArgs>((args, context) => {
  requireOwn(context, args.userid)
  const conversation = conversationOf(context, args.conversationid, args.userid)
  if (!conversation) throw sentence('You are not a member of this conversation.')
  const wanted = { contactrequests: args.includecontactrequests, privacy: args.includeprivacyinfo }
  const end = args.limitnum > 0 ? args.limitfrom + args.limitnum : undefined
  return [...conversation.members]
    .slice(args.limitfrom, end)
    .flatMap((id) => infoOf(context, context.user, id, wanted))
})

/** Moodle looks up no more than these, and falls over the first one that it did not find. */
const MEMBERS = 100

function mayBeShown({ state, user }: Context, id: number | undefined): boolean {
  const other = id === undefined ? undefined : state.users.get(id)
  if (!other) {
    throw new MoodleError(
      'Exception - user_process_profile_callbacks(): Argument #1 ($user) must be of type stdClass, null given',
      { errorcode: 'generalexceptionmessage' },
    )
  }
  return areContacts(state, user.id, other.id) || canViewProfile(state, user, other)
}

export const conversationFunctions: Handlers = {
  core_message_get_conversations: getConversations,
  core_message_get_conversation: getConversation,
  core_message_get_conversation_between_users: getConversationBetweenUsers,
  core_message_get_self_conversation: getSelfConversation,
  core_message_get_conversation_members: getConversationMembers,
  core_message_get_member_info: messaging<{
    referenceuserid: number
    userids: number[]
    includecontactrequests: boolean
    includeprivacyinfo: boolean
  }>((args, context) => {
    requireSelf(context, args.referenceuserid)
    const wanted = { contactrequests: args.includecontactrequests, privacy: args.includeprivacyinfo }
    const shown = args.userids.filter((id, at) => mayBeShown(context, at < MEMBERS ? id : undefined))
    return shown.flatMap((id) => infoOf(context, context.user, id, wanted))
  }),
}
