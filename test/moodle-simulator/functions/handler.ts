import { accessDenied, messagingDisabled, noPermission, noRecord, notYours } from '../errors.ts'
import type { Session, Sessions } from '../sessions.ts'
import type { State } from '../state.ts'
import type { Conversation, User } from '../types.ts'

export type Context = {
  state: State
  user: User
  /** Null over a token. */
  session: Session | null
  sessions: Sessions
  /** Calls another function as this person, as tool_mobile_call_external_functions does. */
  call: (name: string, args: unknown) => unknown
}

export type Handler = (args: unknown, context: Context) => unknown
export type Handlers = Record<string, Handler>

/** Arguments were checked against the catalogue before, so they have the shape that the handler names. */
export const handler =
  <Args>(answer: (args: Args, context: Context) => unknown): Handler =>
  (args, context) =>
    answer(args as Args, context)

/** For functions of Moodle's messaging: refused where the site has switched it off. */
export const messaging = <Args>(answer: (args: Args, context: Context) => unknown): Handler =>
  handler<Args>((args, context) => {
    if (!context.state.settings.messaging) throw messagingDisabled()
    return answer(args, context)
  })

/** For functions that take the caller's own id. */
export function requireSelf({ user }: Context, userid: number): void {
  if (userid !== user.id && !user.siteadmin) throw notYours()
}

/** As `requireSelf`, refused in the words that most contact functions use. */
export function requireOwn({ user }: Context, userid: number): void {
  if (userid !== user.id && !user.siteadmin) {
    throw noPermission('Add, remove, block and unblock contacts for any user')
  }
}

/** As `requireSelf`, refused in the words of the older functions. */
export function requireAccess({ user }: Context, ...userids: number[]): void {
  if (!userids.includes(user.id) && !user.siteadmin) throw accessDenied()
}

export function requireUser({ state }: Context, userid: number): User {
  const user = state.users.get(userid)
  if (!user) throw noRecord('user')
  return user
}

export function conversationOf({ state }: Context, id: number, userid: number): Conversation | undefined {
  const conversation = state.conversations.get(id)
  return conversation?.members.has(userid) ? conversation : undefined
}
