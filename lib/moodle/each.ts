import type { CallOptions } from './client.ts'
import type { Params, Returns } from './function-map.ts'
import { newestFirst, unseen, withGaps } from './paging.ts'
import type { FunctionName } from './registry.ts'

/** Of a client only what is needed, so that any client will do that reaches the function. */
interface Caller<N extends FunctionName> {
  call(name: N, params: Params<N>, options?: CallOptions): Promise<Returns<N>>
}

/** Rows come one at a time and pages when they are needed: leaving the loop asks for nothing more. */
export interface PageOptions extends Pick<CallOptions, 'signal' | 'timeoutMs'> {
  /** Rows in one request. */
  readonly pageSize?: number
}

type Conversations = 'core_message_get_conversations'
type Messages = 'core_message_get_conversation_messages'
type Notifications = 'message_popup_get_popup_notifications'
type Enrolled = 'core_enrol_get_enrolled_users'
type Courses = 'core_course_get_enrolled_courses_by_timeline_classification'

export type ConversationRow = Returns<Conversations>['conversations'][number]
export type MessageRow = Returns<Messages>['messages'][number]
export type NotificationRow = Returns<Notifications>['notifications'][number]
export type EnrolledRow = Returns<Enrolled>[number]
export type CourseRow = Returns<Courses>['courses'][number]

/**
 * A person's conversations, the one with the latest message first (`core_message_get_conversations`, both
 * transports). Each has its last message and the other member only. On some databases Moodle needs long for this with
 * many conversations; to notice what is new, ask for messages instead. Rejects as `call` does.
 */
export function eachConversation(
  moodle: Caller<Conversations>,
  params: Omit<Params<Conversations>, 'limitfrom' | 'limitnum'>,
  { pageSize = 50, ...options }: PageOptions = {},
): AsyncGenerator<ConversationRow, void> {
  const name = 'core_message_get_conversations'
  const ask = async (limitfrom: number, limitnum: number) =>
    (await moodle.call(name, { ...params, limitfrom, limitnum }, options)).conversations
  // Those without messages stand at the end, and are what is left out.
  return withGaps(ask, pageSize, (rows) => rows < pageSize)
}

/**
 * The messages of one conversation, newest first (`core_message_get_conversation_messages`, both transports). Times
 * are unix seconds of the server, `text` is HTML. Messages of the same second come in any order, none twice.
 */
export function eachMessage(
  moodle: Caller<Messages>,
  params: Pick<Params<Messages>, 'currentuserid' | 'convid'>,
  { pageSize = 100, ...options }: PageOptions = {},
): AsyncGenerator<MessageRow, void> {
  const name = 'core_message_get_conversation_messages'
  const ask = async (limitfrom: number, limitnum: number) =>
    (await moodle.call(name, { ...params, limitfrom, limitnum, newest: true }, options)).messages
  return newestFirst(ask, pageSize)
}

/**
 * A person's notifications, newest first (`message_popup_get_popup_notifications`, both transports). Read ones may
 * have been deleted by the site; `customdata` is JSON in a string.
 */
export function eachNotification(
  moodle: Caller<Notifications>,
  { useridto }: Pick<Params<Notifications>, 'useridto'>,
  { pageSize = 50, ...options }: PageOptions = {},
): AsyncGenerator<NotificationRow, void> {
  const name = 'message_popup_get_popup_notifications'
  const ask = async (offset: number, limit: number) =>
    (await moodle.call(name, { useridto, newestfirst: true, limit, offset }, options)).notifications
  return newestFirst(ask, pageSize)
}

/**
 * The people of a course by their ids, with roles and groups (`core_enrol_get_enrolled_users`, token only). `options`
 * are Moodle's own (`onlyactive`, `groupid`, `withcapability`, `userfields`, …) but its limits and its order. People
 * whom one may not see are left out by Moodle.
 */
export function eachEnrolled(
  moodle: Caller<Enrolled>,
  params: Params<Enrolled>,
  { pageSize = 100, ...options }: PageOptions = {},
): AsyncGenerator<EnrolledRow, void> {
  const ask = (from: number, limit: number) => {
    const limits = { limitfrom: String(from), limitnumber: String(limit), sortby: 'id' }
    const named = Object.entries(limits).map(([name, value]) => ({ name, value }))
    const all = { ...params, options: [...(params.options ?? []), ...named] }
    return moodle.call('core_enrol_get_enrolled_users', all, options)
  }
  // In a large course, all that is left might be much: only a page with little in it is worth that question.
  return withGaps(ask, pageSize, (rows) => rows * 2 < pageSize)
}

/**
 * One's own courses (`core_course_get_enrolled_courses_by_timeline_classification`, both transports), by name unless
 * `sort` says otherwise. `classification`: all, inprogress, future, past, favourites, hidden.
 */
export async function* eachCourse(
  moodle: Caller<Courses>,
  params: Omit<Params<Courses>, 'limit' | 'offset'>,
  { pageSize = 50, ...options }: PageOptions = {},
): AsyncGenerator<CourseRow, void> {
  const name = 'core_course_get_enrolled_courses_by_timeline_classification'
  const seen = new Set<number>()
  for (let offset = 0, isLast = false; !isLast; ) {
    const page = await moodle.call(name, { ...params, limit: pageSize, offset }, options)
    yield* unseen(page.courses, seen)
    // Moodle has looked at fewer than it may only where there were no more.
    isLast = page.nextoffset - offset < pageSize
    offset = page.nextoffset
  }
}
