import { describe, expect, test } from 'vitest'
import {
  createMoodleClient,
  isMoodleError,
  mayHaveHappened,
  sessionTransport,
} from '../../lib/moodle/index.ts'
import { fakeSite, good, overSession, rejection, wwwroot } from './fake-site.ts'

const unread = 'core_message_get_unread_conversations_count'
const popup = 'message_popup_get_unread_popup_notification_count'
const hello = { messages: [{ touserid: 5, text: 'hello' }] }
const stored = { msgid: 7, text: 'hello', timecreated: 1, conversationid: 2, useridfrom: 3 }

describe('giving up', () => {
  /** Held, because a request that nobody holds may be collected together with its signal's listeners. */
  const held: Request[] = []
  const never: typeof globalThis.fetch = (input, init) =>
    new Promise((_, reject) => {
      const request = new Request(input, init)
      held.push(request)
      const { signal } = request
      signal.addEventListener('abort', () => reject(signal.reason))
    })

  test('a call that is aborted rejects, and the others of its request go on', async () => {
    const controller = new AbortController()
    const site = fakeSite([good(1), good(2)])
    const fetch: typeof never = async (input, init) => {
      const answer = await site.fetch(input, init)
      controller.abort()
      return answer
    }
    const moodle = createMoodleClient(sessionTransport({ wwwroot, sesskey: 'sess123', fetch }))
    const first = rejection(moodle.call(unread, { useridto: 3 }, { signal: controller.signal }))
    const second = moodle.call(popup, { useridto: 3 })
    expect(await second).toBe(2)
    expect(await first).toMatchObject({ kind: 'unreachable', aborted: true })
  })

  test('a call aborted before its turn is over never leaves, and surely did not happen', async () => {
    const site = fakeSite([good([stored])])
    const moodle = overSession(site)
    const signal = AbortSignal.abort()
    const error = await rejection(moodle.call('core_message_send_instant_messages', hello, { signal }))
    expect(error).toMatchObject({ kind: 'unreachable', aborted: true, sent: false })
    expect(mayHaveHappened(error)).toBe(false)
    expect(site.asked).toHaveLength(0)
  })

  test('a request that nobody waits for any more is given up', async () => {
    let isAsked = false
    let isGivenUp = false
    const fetch: typeof never = (input, init) => {
      isAsked = true
      return never(input, init).finally(() => {
        isGivenUp = true
      })
    }
    const moodle = createMoodleClient(sessionTransport({ wwwroot, sesskey: 'sess123', fetch }))
    const controller = new AbortController()
    const call = rejection(moodle.call(unread, { useridto: 3 }, { signal: controller.signal }))
    await expect.poll(() => isAsked).toBe(true)
    controller.abort()
    expect(await call).toMatchObject({ kind: 'unreachable', aborted: true })
    await expect.poll(() => isGivenUp).toBe(true)
  })

  test('a call that takes too long is unreachable, timed out, and may have happened', async () => {
    const moodle = createMoodleClient(sessionTransport({ wwwroot, sesskey: 'sess123', fetch: never }))
    const error = await rejection(moodle.call('core_message_send_instant_messages', hello, { timeoutMs: 5 }))
    expect(error).toMatchObject({ kind: 'unreachable', timedOut: true, aborted: false })
    expect(mayHaveHappened(error)).toBe(true)
  })

  test('a transport that breaks does not hold up the writes behind it', async () => {
    const moodle = createMoodleClient({
      kind: 'session',
      wwwroot,
      send: () => Promise.reject(new Error('broken')),
    })
    const calls = [1, 2].map(() => rejection(moodle.call('core_message_send_instant_messages', hello)))
    expect((await Promise.all(calls)).every(isMoodleError)).toBe(true)
  })
})
