import { catalogue } from '../catalogue.ts'
import { MoodleError, noSuchFunction } from '../errors.ts'
import { validate } from '../params.ts'
import { requireLogin } from '../require-login.ts'
import { cleanReturn } from '../returns.ts'
import type { Session, Sessions } from '../sessions.ts'
import type { State } from '../state.ts'
import type { User } from '../types.ts'
import { courseFunctions } from './core_course.ts'
import { courseContentFunctions } from './core_course_contents.ts'
import { courseFormatFunctions } from './core_courseformat.ts'
import { enrolFunctions } from './core_enrol.ts'
import { groupFunctions } from './core_group.ts'
import { contactFunctions } from './core_message_contacts.ts'
import { conversationFunctions } from './core_message_conversations.ts'
import { countFunctions } from './core_message_counts.ts'
import { deleteFunctions } from './core_message_delete.ts'
import { markFunctions } from './core_message_marks.ts'
import { messageFunctions } from './core_message_messages.ts'
import { findFunctions } from './core_message_people.ts'
import { preferenceFunctions } from './core_message_preferences.ts'
import { searchFunctions } from './core_message_search.ts'
import { sendFunctions } from './core_message_send.ts'
import { noteFunctions } from './core_notes.ts'
import { userFunctions } from './core_user.ts'
import type { Context, Handlers } from './handler.ts'
import { notificationFunctions } from './message_popup.ts'
import { assignFunctions } from './mod_assign.ts'
import { siteFunctions } from './site.ts'

export const handlers: Handlers = {
  ...conversationFunctions,
  ...countFunctions,
  ...messageFunctions,
  ...deleteFunctions,
  ...searchFunctions,
  ...sendFunctions,
  ...contactFunctions,
  ...findFunctions,
  ...markFunctions,
  ...preferenceFunctions,
  ...notificationFunctions,
  ...courseFunctions,
  ...courseContentFunctions,
  ...courseFormatFunctions,
  ...enrolFunctions,
  ...assignFunctions,
  ...groupFunctions,
  ...noteFunctions,
  ...userFunctions,
  ...siteFunctions,
}

/** These two do not ask whether the person may use the site. */
const withoutContext = new Set(['core_session_time_remaining', 'core_session_touch'])

export type Caller = { state: State; sessions: Sessions; user: User; session: Session | null }

/** Checks arguments, then the person, then does it. */
export function callFunction(caller: Caller, name: string, args: unknown): unknown {
  const info = catalogue.get(name)
  if (!info) throw noSuchFunction()
  const answer = handlers[name]
  if (!answer || !info.params)
    throw new MoodleError(`The simulator does not know ${name}`, { errorcode: 'notsimulated' })
  const checked = validate(info.params, args)
  if (info.login && !withoutContext.has(name)) requireLogin(caller.state, caller.user, caller.session)
  const context: Context = { ...caller, call: (inner, innerArgs) => callFunction(caller, inner, innerArgs) }
  const result = answer(checked, context)
  return info.returns ? cleanReturn(info.returns, result) : null
}
