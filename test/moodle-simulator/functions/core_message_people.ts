import { areContacts, coursesOf, hasBlocked, sharedCourses } from '../permission.ts'
import { fullname } from '../state.ts'
import type { User } from '../types.ts'
import { limited } from './core_message_contacts.ts'
import { type Context, type Handlers, messaging, requireSelf } from './handler.ts'
import { memberInfo, picture, pictures } from './people.ts'

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

export const findFunctions: Handlers = {
  core_message_message_search_users: searchUsers,
  core_message_search_contacts: searchContacts,
  core_message_get_blocked_users: getBlockedUsers,
}
