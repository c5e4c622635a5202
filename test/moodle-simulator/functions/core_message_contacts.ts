import { MoodleError, sentence } from '../errors.ts'
import {
  areContacts,
  coursesOf,
  hasBlocked,
  mayMessageAnyone,
  privacyOf,
  sharedCourses,
} from '../permission.ts'
import { fullname, grouped, pairKey, type State } from '../state.ts'
import type { User } from '../types.ts'
import {
  type Context,
  conversationOf,
  type Handlers,
  handler,
  messaging,
  requireSelf,
  requireUser,
} from './handler.ts'
import { memberInfo, picture, pictures } from './people.ts'

type Pair = { userid: number; requesteduserid: number }

const requestOf = (state: State, { userid, requesteduserid }: Pair) =>
  state.requests.find((row) => row.userid === userid && row.requesteduserid === requesteduserid)

const createRequest = messaging<Pair>((args, context) => {
  requireSelf(context, args.userid)
  const { state, user } = context
  const other = requireUser(context, args.requesteduserid)
  if (hasBlocked(state, other.id, user.id)) {
    const message = 'You cannot contact this user'
    return {
      warnings: [{ item: 'user', itemid: other.id, warningcode: 'cannotcreatecontactrequest', message }],
    }
  }
  const held = requestOf(state, args)
  if (held) return { request: held, warnings: [] }
  const request = { id: ++state.counters.request, ...args, timecreated: state.clock.now() }
  state.requests.push(request)
  return { request, warnings: [] }
})

function removeRequest(state: State, args: Pair): boolean {
  const row = requestOf(state, args)
  if (row) state.requests.splice(state.requests.indexOf(row), 1)
  return row !== undefined
}

const confirmRequest = messaging<Pair>((args, context) => {
  requireSelf(context, args.requesteduserid)
  if (removeRequest(context.state, args))
    context.state.contacts.add(pairKey(args.userid, args.requesteduserid))
  return []
})

const declineRequest = messaging<Pair>((args, context) => {
  requireSelf(context, args.requesteduserid)
  removeRequest(context.state, args)
  return []
})

const receivedRequests = (state: State, userid: number) =>
  state.requests
    .filter((row) => row.requesteduserid === userid)
    .flatMap((row) => state.users.get(row.userid) ?? [])

const contactsOf = (state: State, userid: number): User[] =>
  [...state.users.values()].filter((user) => user.id !== userid && areContacts(state, userid, user.id))

const limited = <T>(rows: T[], args: { limitfrom?: number; limitnum?: number }): T[] =>
  rows.slice(args.limitfrom ?? 0, args.limitnum ? (args.limitfrom ?? 0) + args.limitnum : undefined)

const plainInfo = (context: Context, users: User[]) =>
  users.map((user) => memberInfo(context.state, context.user, user))

const blockUser = messaging<{ userid: number; blockeduserid: number }>((args, context) => {
  requireSelf(context, args.userid)
  const other = requireUser(context, args.blockeduserid)
  if (mayMessageAnyone(context.state, other, args.userid)) {
    throw new MoodleError('You cannot block this user', { errorcode: 'cannotblockuser', module: 'message' })
  }
  context.state.blocked.add(`${args.userid}:${args.blockeduserid}`)
  return []
})

type FindArgs = { userid: number; search: string; limitfrom: number; limitnum: number }

const matching = (users: Iterable<User>, search: string): User[] =>
  [...users].filter((user) => fullname(user).toLowerCase().includes(search.toLowerCase()))

function conversationsWith(context: Context, a: number, b: number) {
  return [...(context.state.conversationsOf.get(a) ?? [])]
    .flatMap((id) => context.state.conversations.get(id) ?? [])
    .filter((conversation) => conversation.members.has(b))
    .toSorted((x, y) => x.type - y.type)
    .map(({ id, type, name, timecreated }) => ({ id, type, name, timecreated }))
}

const searchUsers = messaging<FindArgs>((args, context) => {
  requireSelf(context, args.userid)
  const { state } = context
  const others = matching(state.users.values(), args.search).filter(
    (user) => user.id !== args.userid && user.id > 2,
  )
  const contacts = others.filter((user) => areContacts(state, args.userid, user.id))
  const noncontacts = others.filter(
    (user) =>
      !contacts.includes(user) &&
      (state.settings.messagingallusers || sharedCourses(state, args.userid, user.id).length > 0),
  )
  const shown = (users: User[]) =>
    limited(users, args).map((user) => ({
      ...memberInfo(state, context.user, user),
      conversations: conversationsWith(context, args.userid, user.id),
    }))
  return { contacts: shown(contacts), noncontacts: shown(noncontacts) }
})

const searchContacts = messaging<{ searchtext: string; onlymycourses: boolean }>((args, context) => {
  const { state, user } = context
  const inMyCourses = (other: User) =>
    coursesOf(state, other.id).some((id) => state.coursesOf.get(user.id)?.has(id))
  return matching(state.users.values(), args.searchtext)
    .filter((other) => other.id > 2 && other.id !== user.id && (!args.onlymycourses || inMyCourses(other)))
    .map((other) => ({ id: other.id, fullname: fullname(other), ...pictures(state) }))
})

const getBlockedUsers = messaging<{ userid: number }>((args, context) => {
  requireSelf(context, args.userid)
  const { state } = context
  const users = [...state.users.values()].filter((user) => hasBlocked(state, args.userid, user.id))
  return {
    users: users.map((user) => ({
      id: user.id,
      fullname: fullname(user),
      profileimageurl: picture(state, 1),
    })),
    warnings: [],
  }
})

/** Stars and mutes; taking away a star that is not there is an error (recorded). */
function setFlags(table: 'favourites' | 'muted', on: boolean, strict: boolean) {
  return (context: Context, userid: number, ids: number[]) => {
    requireSelf(context, userid)
    const held = grouped(context.state[table], userid, () => new Set<number>())
    for (const id of ids) {
      if (!conversationOf(context, id, userid)) throw sentence('User is not part of conversation.')
      if (strict && !held.has(id)) throw sentence('Favourite does not exist for the user. Cannot delete.')
      if (on) held.add(id)
      else held.delete(id)
    }
    return []
  }
}

const favourite = (on: boolean) =>
  messaging<{ userid: number; conversations: number[] }>((args, context) =>
    setFlags('favourites', on, !on)(context, args.userid || context.user.id, args.conversations),
  )
const mute = (on: boolean) =>
  messaging<{ userid: number; conversationids: number[] }>((args, context) =>
    setFlags('muted', on, false)(context, args.userid, args.conversationids),
  )

export const contactFunctions: Handlers = {
  core_message_create_contact_request: createRequest,
  core_message_confirm_contact_request: confirmRequest,
  core_message_decline_contact_request: declineRequest,
  core_message_get_contact_requests: messaging<FindArgs>((args, context) => {
    requireSelf(context, args.userid)
    return plainInfo(context, limited(receivedRequests(context.state, args.userid), args))
  }),
  core_message_get_received_contact_requests_count: messaging<{ userid: number }>(({ userid }, context) => {
    requireSelf(context, userid)
    return receivedRequests(context.state, userid).length
  }),
  core_message_get_user_contacts: messaging<FindArgs>((args, context) => {
    requireSelf(context, args.userid)
    return plainInfo(context, limited(contactsOf(context.state, args.userid), args))
  }),
  core_message_delete_contacts: messaging<{ userids: number[]; userid: number }>((args, context) => {
    const userid = args.userid || context.user.id
    requireSelf(context, userid)
    for (const id of args.userids) context.state.contacts.delete(pairKey(userid, id))
    return null
  }),
  core_message_block_user: blockUser,
  core_message_unblock_user: messaging<{ userid: number; unblockeduserid: number }>((args, context) => {
    requireSelf(context, args.userid)
    context.state.blocked.delete(`${args.userid}:${args.unblockeduserid}`)
    return []
  }),
  core_message_message_search_users: searchUsers,
  core_message_search_contacts: searchContacts,
  core_message_get_blocked_users: getBlockedUsers,
  core_message_set_favourite_conversations: favourite(true),
  core_message_unset_favourite_conversations: favourite(false),
  core_message_mute_conversations: mute(true),
  core_message_unmute_conversations: mute(false),
  core_message_get_user_message_preferences: handler<{ userid: number }>(({ userid }, context) => {
    const user = requireUser(context, userid || context.user.id)
    requireSelf(context, user.id)
    return messagePreferences(user)
  }),
  core_message_get_user_notification_preferences: handler<{ userid: number }>(({ userid }, context) => {
    const user = requireUser(context, userid || context.user.id)
    requireSelf(context, user.id)
    const processors = [processor('Web', 'popup', false), processor('Email', 'email', true)]
    return {
      preferences: { userid: user.id, disableall: 0, processors, components: notificationKinds },
      warnings: [],
    }
  }),
}

const processor = (displayname: string, name: string, hassettings: boolean) => ({
  displayname,
  name,
  hassettings,
  contextid: 11,
  userconfigured: 1,
})

const choice = (displayname: string, name: string) => ({
  displayname,
  name,
  locked: false,
  userconfigured: 1,
  enabled: true,
})

const notificationKinds = [
  {
    displayname: 'Assignment',
    notifications: [
      {
        displayname: 'Assignment notifications',
        preferencekey: 'message_provider_mod_assign_assign_notification',
        processors: [choice('Web', 'popup'), choice('Email', 'email')],
      },
    ],
  },
]

function messagePreferences(user: User) {
  const notifications = [
    {
      displayname: 'Personal messages between users',
      preferencekey: 'message_provider_moodle_instantmessage',
      processors: [choice('Email', 'email')],
    },
  ]
  return {
    preferences: {
      userid: user.id,
      disableall: 0,
      processors: [processor('Email', 'email', true)],
      components: [{ displayname: 'System', notifications }],
    },
    blocknoncontacts: privacyOf(user),
    entertosend: user.preferences.get('message_entertosend') !== '0',
    warnings: [],
  }
}
