import * as fc from 'fast-check'
import {
  createMoodleClient,
  isMoodleError,
  publicConfig,
  restTransport,
  sessionTransport,
  signIn,
} from '../../lib/moodle/library.ts'
import { wwwroot } from './fake-site.ts'
import { type Hostility, hostileFetch, hostilities } from './hostile-answers.ts'
import { secrets, toldBy } from './secrets.ts'

type Fetch = typeof globalThis.fetch

const { sesskey, wstoken, password } = secrets
const patience = { timeoutMs: 15 }
const overSession = (fetch: Fetch) => createMoodleClient(sessionTransport({ wwwroot, sesskey, fetch }))
const overRest = (fetch: Fetch) => createMoodleClient(restTransport({ wwwroot, wstoken, fetch }))
const send = { messages: [{ touserid: 5, text: 'x' }] }

/** Everything that a caller may be about: written by hand and generated, alone and together, before any sign-in. */
const calls: Record<string, (fetch: Fetch) => Promise<unknown>[]> = {
  'a read over a session': (fetch) => [
    overSession(fetch).call('core_message_get_conversations', { userid: 3 }, patience),
  ],
  'a write over a session': (fetch) => [
    overSession(fetch).call('core_message_send_instant_messages', send, patience),
  ],
  'a generated function over a session': (fetch) => [
    overSession(fetch).call('core_calendar_get_calendar_upcoming_view', {}, patience),
  ],
  'several over a session': (fetch) => {
    const moodle = overSession(fetch)
    return [
      moodle.call('core_message_get_unread_conversation_counts', { userid: 3 }, patience),
      moodle.call('core_session_time_remaining', {}, patience),
      moodle.call('core_message_mark_message_read', { messageid: 3 }, patience),
    ]
  },
  'a read over a token': (fetch) => [overRest(fetch).call('core_webservice_get_site_info', {}, patience)],
  'a write over a token': (fetch) => [
    overRest(fetch).call('core_message_send_instant_messages', send, patience),
  ],
  'a generated function over a token': (fetch) => [
    overRest(fetch).call('mod_quiz_get_quizzes_by_courses', {}, patience),
  ],
  'several over a token': (fetch) => {
    const moodle = overRest(fetch)
    return [
      moodle.call('core_message_get_messages', { useridto: 3 }, patience),
      moodle.call('core_enrol_get_users_courses', { userid: 3 }, patience),
    ]
  },
  'a sign-in': (fetch) => [signIn.withPassword({ wwwroot, fetch, username: 'teacher1', password })],
  'a look before any sign-in': (fetch) => [publicConfig({ wwwroot, fetch })],
}

/** A sign-in has a patience of its own, which nobody wants to wait for here. */
const isEndless = ({ kind }: Hostility) => kind === 'never-ends' || kind === 'never-answers'
const isImpatient = (what: string) => !/sign-in/.test(what)

export const attacks = fc
  .tuple(fc.constantFrom(...Object.keys(calls)), hostilities)
  .filter(([what, hostility]) => isImpatient(what) || !isEndless(hostility))

/** What is wrong with how the client took it; nothing, if all is well. */
export async function suffer([what, hostility]: readonly [string, Hostility]): Promise<string | undefined> {
  const outcomes = Promise.allSettled(calls[what]?.(hostileFetch(hostility)) ?? [])
  const results = await withinLong(outcomes)
  if (results === undefined) return 'it hangs'
  for (const result of results) {
    if (result.status === 'fulfilled') continue
    if (!isMoodleError(result.reason)) return `it is no error of the family: ${String(result.reason)}`
    const told = toldBy(result.reason)
    if (told.length > 0) return `it tells ${told.join()}: ${JSON.stringify(result.reason)}`
  }
  return undefined
}

function withinLong<T>(wanted: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const long = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), 20_000)
  })
  return Promise.race([wanted, long]).finally(() => clearTimeout(timer))
}
