import { areContacts, canCreateContact, mayMessageAnyone } from '../permission.ts'
import { pairKey, type State } from '../state.ts'
import type { User } from '../types.ts'
import { type Context, type Handlers, messaging, requireOwn } from './handler.ts'
import { memberInfo } from './people.ts'

type Pair = { userid: number; requesteduserid: number }

const requestOf = (state: State, { userid, requesteduserid }: Pair) =>
  state.requests.find((row) => row.userid === userid && row.requesteduserid === requesteduserid)

const eitherWay = (state: State, { userid, requesteduserid }: Pair) =>
  requestOf(state, { userid, requesteduserid }) ??
  requestOf(state, { userid: requesteduserid, requesteduserid: userid })

const cannotCreate = (itemid: number) => ({
  item: 'user',
  itemid,
  warningcode: 'cannotcreatecontactrequest',
  message: 'You are unable to create a contact request for this user',
})

const createRequest = messaging<Pair>((args, context) => {
  requireOwn(context, args.userid)
  const { state } = context
  if (!canCreateContact(state, args.userid, args.requesteduserid)) {
    return { warnings: [cannotCreate(args.requesteduserid)] }
  }
  const held = eitherWay(state, args)
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
  requireOwn(context, args.requesteduserid)
  if (removeRequest(context.state, args))
    context.state.contacts.add(pairKey(args.userid, args.requesteduserid))
  return []
})

const declineRequest = messaging<Pair>((args, context) => {
  requireOwn(context, args.requesteduserid)
  removeRequest(context.state, args)
  return []
})

const receivedRequests = (state: State, userid: number) =>
  state.requests
    .filter((row) => row.requesteduserid === userid)
    .flatMap((row) => state.users.get(row.userid) ?? [])

const contactsOf = (state: State, userid: number): User[] =>
  [...state.users.values()].filter((user) => user.id !== userid && areContacts(state, userid, user.id))

type LimitArgs = { userid: number; limitfrom: number; limitnum: number }

export const limited = <T>(rows: T[], args: { limitfrom?: number; limitnum?: number }): T[] =>
  rows.slice(args.limitfrom ?? 0, args.limitnum ? (args.limitfrom ?? 0) + args.limitnum : undefined)

const plainInfo = (context: Context, users: User[]) =>
  users.map((user) => memberInfo(context.state, context.user, user))

/** Blocking somebody who may write anyway, as a teacher may, does nothing and says nothing. */
const blockUser = messaging<{ userid: number; blockeduserid: number }>((args, context) => {
  requireOwn(context, args.userid)
  const other = context.state.users.get(args.blockeduserid)
  if (other && mayMessageAnyone(context.state, other, args.userid)) return []
  context.state.blocked.add(`${args.userid}:${args.blockeduserid}`)
  return []
})

export const contactFunctions: Handlers = {
  core_message_create_contact_request: createRequest,
  core_message_confirm_contact_request: confirmRequest,
  core_message_decline_contact_request: declineRequest,
  core_message_get_contact_requests: messaging<LimitArgs>((args, context) => {
    requireOwn(context, args.userid)
    return plainInfo(context, limited(receivedRequests(context.state, args.userid), args))
  }),
  core_message_get_received_contact_requests_count: messaging<{ userid: number }>(({ userid }, context) => {
    requireOwn(context, userid)
    return receivedRequests(context.state, userid).length
  }),
  core_message_get_user_contacts: messaging<LimitArgs>((args, context) => {
    requireOwn(context, args.userid)
    return plainInfo(context, limited(contactsOf(context.state, args.userid), args))
  }),
  core_message_delete_contacts: messaging<{ userids: number[]; userid: number }>((args, context) => {
    const userid = args.userid || context.user.id
    requireOwn(context, userid)
    for (const id of args.userids) context.state.contacts.delete(pairKey(userid, id))
    return null
  }),
  core_message_block_user: blockUser,
  core_message_unblock_user: messaging<{ userid: number; unblockeduserid: number }>((args, context) => {
    requireOwn(context, args.userid)
    context.state.blocked.delete(`${args.userid}:${args.unblockeduserid}`)
    return []
  }),
}
