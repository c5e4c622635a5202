import { describe, expect, test } from 'vitest'
import {
  createMoodleClient,
  eachMessage,
  type HttpFacts,
  publicConfig,
  type RequestFacts,
  restTransport,
  retried,
  sessionTransport,
  signIn,
  uploadFile,
  watched,
} from '../../lib/moodle/index.ts'
import { running } from '../simulator/running.ts'
import { rejection } from './fake-site.ts'
import { browserOf, tokenOf } from './over.ts'

const simulator = running()
const unread = 'core_message_get_unread_conversations_count'
const SEND = 'core_message_send_instant_messages'

describe('two requests at once', () => {
  /** Answers when it is told to, and counts who waits. */
  function gate() {
    const open: (() => void)[] = []
    const fetch: typeof globalThis.fetch = async (input, init) => {
      await new Promise<void>((resolve) => open.push(resolve))
      return globalThis.fetch(input, init)
    }
    return { open, fetch }
  }

  test('is the most that a site gets, whoever asks', async () => {
    const { open, fetch } = gate()
    const { wwwroot } = simulator()
    const asked = Promise.all(Array.from({ length: 5 }, () => publicConfig({ wwwroot, fetch })))
    for (let answered = 0; answered < 5; answered++) {
      await expect.poll(() => open.length).toBe(Math.min(2, 5 - answered))
      open.shift()?.()
    }
    expect(await asked).toHaveLength(5)
  })

  test('and a third that is given up was never sent', async () => {
    const { open, fetch } = gate()
    const { wwwroot } = simulator()
    const controller = new AbortController()
    const two = [publicConfig({ wwwroot, fetch }), publicConfig({ wwwroot, fetch })]
    const third = rejection(publicConfig({ wwwroot, fetch, signal: controller.signal }))
    await expect.poll(() => open.length).toBe(2)
    controller.abort()
    expect(await third).toMatchObject({ kind: 'unreachable', aborted: true, sent: false })
    for (const go of open) go()
    expect(await Promise.all(two)).toHaveLength(2)
  })

  test('and after a failure the next one goes', async () => {
    const { wwwroot } = simulator()
    simulator().faults.add({ kind: 'offline', times: 2 })
    const options = { wwwroot, fetch: (...args: Parameters<typeof fetch>) => fetch(...args) }
    const asked = await Promise.allSettled(Array.from({ length: 3 }, () => publicConfig(options)))
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  })
})

describe('asking again', () => {
  const session = (times = 2) => {
    const { fetch, sesskey } = browserOf(simulator(), 'teacher1')
    const options = { wwwroot: simulator().wwwroot, sesskey, fetch }
    return createMoodleClient(retried(sessionTransport(options), { times, waitMs: 1 }))
  }
  const trouble = (fault: object) => {
    simulator().faults.clear()
    simulator().requests.clear()
    simulator().faults.add({ kind: 'status', match: { path: '/lib/ajax/service.php' }, ...fault })
  }

  test('mends a read that met trouble of the moment', async () => {
    trouble({ times: 2, status: 502 })
    expect(await session().call(unread, { useridto: 3 })).toBeTypeOf('number')
    trouble({ kind: 'answerLost', times: 1 })
    expect(await session().call(unread, { useridto: 3 })).toBeTypeOf('number')
  })

  test('ends after as many times as allowed', async () => {
    trouble({ status: 503 })
    expect(await rejection(session(2).call(unread, { useridto: 3 }))).toMatchObject({ status: 503 })
    expect(simulator().requests.count(unread)).toBe(3)
  })

  test('does not press a site that wants a long rest, nor one that refuses', async () => {
    trouble({ status: 503, retryAfter: 300 })
    await rejection(session().call(unread, { useridto: 3 }))
    expect(simulator().requests.count(unread)).toBe(1)
    trouble({ status: 404 })
    await rejection(session().call(unread, { useridto: 3 }))
    expect(simulator().requests.count(unread)).toBe(1)
  })

  test('is never done for a write, and by nobody who did not ask for it', async () => {
    trouble({ status: 502 })
    await rejection(session().call(SEND, { messages: [{ touserid: 5, text: 'once' }] }))
    expect(simulator().requests.count(SEND)).toBe(1)
    trouble({ status: 502 })
    await rejection(session(0).call(unread, { useridto: 3 }))
    expect(simulator().requests.count(unread)).toBe(1)
  })

  test('stops when the caller gives up', async () => {
    trouble({ status: 502 })
    const { fetch, sesskey } = browserOf(simulator(), 'teacher1')
    const options = { wwwroot: simulator().wwwroot, sesskey, fetch }
    const moodle = createMoodleClient(retried(sessionTransport(options), { times: 9, waitMs: 60_000 }))
    const controller = new AbortController()
    const call = rejection(moodle.call(unread, { useridto: 3 }, { signal: controller.signal }))
    await expect.poll(() => simulator().requests.count(unread)).toBe(1)
    controller.abort()
    expect(await call).toMatchObject({ aborted: true })
    simulator().faults.clear()
  })
})

test('a log hears of every request and of no secret', async () => {
  const heard: (HttpFacts | RequestFacts)[] = []
  const { wwwroot } = simulator()
  const shared = { wwwroot, fetch, onRequest: (facts: HttpFacts) => heard.push(facts) }
  const password = 'Pass.1234'
  const { wstoken } = await signIn.withPassword({ ...shared, username: 'teacher1', password })
  const moodle = createMoodleClient(
    watched(restTransport({ ...shared, wstoken }), (facts) => heard.push(facts)),
  )
  const { userid } = await moodle.call('core_webservice_get_site_info', {})
  for await (const _ of eachMessage(moodle, { currentuserid: userid, convid: 1 })) break
  await uploadFile({ ...shared, wstoken }, new Blob(['x']), 'secret name.txt')
  await rejection(moodle.call('core_message_get_conversation_messages', { currentuserid: 3, convid: 9999 }))
  await rejection(signIn.withPassword({ ...shared, username: 'teacher1', password: 'Wrong.1234' }))
  expect(heard).toMatchObject([
    { method: 'post', path: '/login/token.php', status: 200 },
    { path: '/webservice/rest/server.php', status: 200 },
    { functions: ['core_webservice_get_site_info'] },
    { path: '/webservice/rest/server.php' },
    { functions: ['core_message_get_conversation_messages'] },
    { path: '/webservice/upload.php' },
    { path: '/webservice/rest/server.php' },
    { functions: ['core_message_get_conversation_messages'], fault: 'moodle' },
    { path: '/login/token.php' },
  ])
  expect(JSON.stringify(heard)).not.toMatch(new RegExp(`${wstoken}|Pass|Wrong|secret name|teacher1`))
  const gone: HttpFacts[] = []
  simulator().faults.add({ kind: 'offline', times: 1 })
  await rejection(publicConfig({ wwwroot, fetch, onRequest: (facts) => gone.push(facts) }))
  expect(gone).toEqual([
    { method: 'post', path: '/lib/ajax/service-nologin.php', tookMs: expect.any(Number) },
  ])
})

describe('what a site supports', () => {
  test('is said by its own list where there is a token, release included', async () => {
    const moodle = createMoodleClient(restTransport(await tokenOf(simulator(), 'teacher1')))
    expect([moodle.supports(unread), moodle.release]).toEqual(['unknown', undefined])
    await moodle.call('core_webservice_get_site_info', {})
    expect(moodle.supports(unread)).toBe(true)
    expect(moodle.supports('local_plugin_of_somebody')).toBe(false)
    expect(moodle.release).toMatch(/^4\.5\.6/)
  })

  test('is learnt from answers and refusals over a session', async () => {
    const { fetch, sesskey } = browserOf(simulator(), 'teacher1')
    const moodle = createMoodleClient(sessionTransport({ wwwroot: simulator().wwwroot, sesskey, fetch }))
    await moodle.call(unread, { useridto: 3 })
    expect(moodle.supports(unread)).toBe(true)
    const read = { type: 'read', ajax: true, mobile: true } as const
    const { params, returns } = (await import('../../lib/moodle/index.ts')).functions[unread]
    const absent = { ...read, params, returns }
    await rejection(moodle.callUnregistered('local_not_there', absent, { useridto: 3 }))
    await rejection(moodle.callUnregistered('core_webservice_get_site_info', absent, { useridto: 3 }))
    expect(moodle.supports('local_not_there')).toBe(false)
    expect(moodle.supports('core_webservice_get_site_info')).toBe(false)
    expect(moodle.supports('core_course_get_courses')).toBe('unknown')
    expect(moodle.supports('core_course_get_contents')).toBe(false)
  })

  test('is not learnt from trouble or from a session that has ended', async () => {
    const { wwwroot } = simulator()
    const moodle = createMoodleClient(sessionTransport({ wwwroot, sesskey: 'gone', fetch }))
    await rejection(moodle.call(unread, { useridto: 3 }))
    expect(moodle.supports(unread)).toBe('unknown')
  })
})
