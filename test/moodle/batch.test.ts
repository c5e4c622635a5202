import { describe, expect, test } from 'vitest'
import {
  createMoodleClient,
  isMoodleError,
  isSignedOut,
  mayHaveHappened,
  restTransport,
  sessionTransport,
} from '../../lib/moodle/index.ts'
import { bad, fakeSite, good, rejection, wwwroot } from './fake-site.ts'

const overSession = (site: ReturnType<typeof fakeSite>) =>
  createMoodleClient(sessionTransport({ wwwroot, sesskey: 'sess123', fetch: site.fetch }))
const overRest = (site: ReturnType<typeof fakeSite>) =>
  createMoodleClient(restTransport({ wwwroot, wstoken: 'token123', fetch: site.fetch }))

const unread = 'core_message_get_unread_conversations_count'
const popup = 'message_popup_get_unread_popup_notification_count'
const requests = 'core_message_get_received_contact_requests_count'
const markRead = 'core_message_mark_message_read'
const hello = { messages: [{ touserid: 5, text: 'hello' }] }
const stored = { msgid: 7, text: 'hello', timecreated: 1, conversationid: 2, useridfrom: 3 }

const methodsOf = (body: string): string[] =>
  JSON.parse(body).map((item: { methodname: string }) => item.methodname)

describe('over a session', () => {
  test('reads asked for in the same turn travel in one request', async () => {
    const site = fakeSite([good(1), good(2), good(3)])
    const moodle = overSession(site)
    const answers = await Promise.all([
      moodle.call(unread, { useridto: 3 }),
      moodle.call(popup, { useridto: 3 }),
      moodle.call(requests, { userid: 3 }),
    ])
    expect(answers).toEqual([1, 2, 3])
    expect(site.asked.map((asked) => methodsOf(asked.body))).toEqual([[unread, popup, requests]])
  })

  test('reads of different turns travel apart', async () => {
    const site = fakeSite([good(1)])
    const moodle = overSession(site)
    await moodle.call(unread, { useridto: 3 })
    await moodle.call(unread, { useridto: 3 })
    expect(site.asked).toHaveLength(2)
  })

  test('the address names the methods, carries the sesskey and never keeps the session alive', async () => {
    const site = fakeSite([good(1), good(2)])
    const moodle = overSession(site)
    await Promise.all([moodle.call(unread, { useridto: 3 }), moodle.call(popup, { useridto: 3 })])
    const { url, request } = site.asked[0] ?? expect.unreachable()
    expect(url.pathname).toBe('/lib/ajax/service.php')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      sesskey: 'sess123',
      info: `${unread},${popup}`,
      nosessionupdate: 'true',
    })
    expect(request.credentials).toBe('include')
    expect(request.method).toBe('POST')
  })

  test('more than five methods are only counted in the address', async () => {
    const site = fakeSite(Array.from({ length: 6 }, () => good(1)))
    const moodle = overSession(site)
    await Promise.all(Array.from({ length: 6 }, () => moodle.call(unread, { useridto: 3 })))
    expect(site.asked[0]?.url.searchParams.get('info')).toBe('6-method-calls')
  })

  test('writes go alone and in order, even when asked for in the same turn', async () => {
    const site = fakeSite([good([stored])])
    const moodle = overSession(site)
    await Promise.all([
      moodle.call('core_message_send_instant_messages', hello),
      moodle.call('core_message_block_user', { userid: 3, blockeduserid: 9 }).catch(() => undefined),
      moodle.call('core_message_send_instant_messages', { messages: [{ touserid: 6, text: 'second' }] }),
    ])
    expect(site.asked.map((asked) => methodsOf(asked.body))).toEqual([
      ['core_message_send_instant_messages'],
      ['core_message_block_user'],
      ['core_message_send_instant_messages'],
    ])
    expect(site.asked.map((asked) => asked.body.includes('second'))).toEqual([false, false, true])
  })

  test('a write waits until the one before it has been answered', async () => {
    let answerFirst = () => {}
    const first = new Promise<void>((resolve) => {
      answerFirst = resolve
    })
    const site = fakeSite([good([stored])])
    const fetch: typeof site.fetch = async (input, init) => {
      const answer = await site.fetch(input, init)
      if (site.asked.length === 1) await first
      return answer
    }
    const moodle = createMoodleClient(sessionTransport({ wwwroot, sesskey: 'sess123', fetch }))
    const one = moodle.call('core_message_send_instant_messages', hello)
    await expect.poll(() => site.asked.length).toBe(1)
    const two = moodle.call('core_message_send_instant_messages', hello)
    await moodle.call(unread, { useridto: 3 }).catch(() => undefined)
    expect(site.asked.map((asked) => methodsOf(asked.body)[0])).toEqual([
      'core_message_send_instant_messages',
      unread,
    ])
    answerFirst()
    await Promise.all([one, two])
    expect(site.asked).toHaveLength(3)
  })

  test('idempotent writes of one turn share a request, apart from the reads', async () => {
    const site = fakeSite([good(1)], [good({ messageid: 1 }), good({ messageid: 2 })])
    const moodle = overSession(site)
    await Promise.all([
      moodle.call(markRead, { messageid: 1 }),
      moodle.call(unread, { useridto: 3 }),
      moodle.call(markRead, { messageid: 2 }),
    ])
    expect(site.asked.map((asked) => methodsOf(asked.body))).toEqual([[unread], [markRead, markRead]])
  })

  test('reads that Moodle did not get to are asked again', async () => {
    const site = fakeSite([good(1), bad('invalidparameter')], [good(4)])
    const moodle = overSession(site)
    const answers = await Promise.allSettled([
      moodle.call(unread, { useridto: 3 }),
      moodle.call(popup, { useridto: 3 }),
      moodle.call(requests, { userid: 3 }),
    ])
    expect(answers).toMatchObject([{ value: 1 }, { reason: { errorcode: 'invalidparameter' } }, { value: 4 }])
    expect(site.asked.map((asked) => methodsOf(asked.body))).toEqual([[unread, popup, requests], [requests]])
  })

  test('reads behind a failure that concerns the whole account share it instead of asking again', async () => {
    const site = fakeSite([bad('servicerequireslogin')])
    const moodle = overSession(site)
    const answers = await Promise.allSettled([
      moodle.call(unread, { useridto: 3 }),
      moodle.call(popup, { useridto: 3 }),
    ])
    expect(answers.map((answer) => answer.status === 'rejected' && isSignedOut(answer.reason))).toEqual([
      true,
      true,
    ])
    expect(answers[1]).toMatchObject({ reason: { wsfunction: popup } })
    expect(site.asked).toHaveLength(1)
  })

  test('idempotent writes that Moodle did not get to are not attempted, and surely did not happen', async () => {
    const site = fakeSite([bad('invalidrecord')])
    const moodle = overSession(site)
    const [first, second] = await Promise.allSettled([
      moodle.call(markRead, { messageid: 1 }),
      moodle.call(markRead, { messageid: 2 }),
    ])
    expect(first).toMatchObject({ reason: { kind: 'moodle' } })
    expect(second).toMatchObject({ reason: { kind: 'not-attempted', after: markRead } })
    expect(second?.status === 'rejected' && mayHaveHappened(second.reason)).toBe(false)
    expect(site.asked).toHaveLength(1)
  })

  test('one function that the site does not know does not spoil the others', async () => {
    const unknown = {
      error: "Can't find data record in database table external_functions.",
      errorcode: 'invalidrecord',
    }
    const site = fakeSite(unknown, [good(1)], unknown)
    const moodle = overSession(site)
    const answers = await Promise.allSettled([
      moodle.call(unread, { useridto: 3 }),
      moodle.call('core_group_get_groups_for_selector', { courseid: 2 }),
    ])
    expect(answers).toMatchObject([{ value: 1 }, { reason: { kind: 'moodle', errorcode: 'invalidrecord' } }])
    expect(site.asked).toHaveLength(3)
  })

  test('an answer keyed by index instead of listed is read as well', async () => {
    const site = fakeSite({ 0: good(1), 1: good(2) })
    const moodle = overSession(site)
    const calls = [moodle.call(unread, { useridto: 3 }), moodle.call(popup, { useridto: 3 })]
    expect(await Promise.all(calls)).toEqual([1, 2])
  })

  test('a large turn is cut into requests of fifty', async () => {
    const site = fakeSite((asked: { body: string }) => methodsOf(asked.body).map(() => good(1)))
    const moodle = overSession(site)
    await Promise.all(Array.from({ length: 120 }, () => moodle.call(unread, { useridto: 3 })))
    expect(site.asked.map((asked) => methodsOf(asked.body).length)).toEqual([50, 50, 20])
  })
})

describe('over a token', () => {
  const batch = 'tool_mobile_call_external_functions'
  const packed = (...data: unknown[]) => ({
    responses: data.map((one) => ({ error: false, data: JSON.stringify(one) })),
  })

  test('a single read is asked directly, the token first in the body and not in the address', async () => {
    const site = fakeSite(4)
    expect(await overRest(site).call(unread, { useridto: 3 })).toBe(4)
    const { body, url, request } = site.asked[0] ?? expect.unreachable()
    expect(body.startsWith('wstoken=token123&wsfunction=core_message_get_unread_conversations_count&')).toBe(
      true,
    )
    expect(url.href).toBe(`${wwwroot}/webservice/rest/server.php`)
    expect(request.credentials).toBe('omit')
    expect(request.headers.get('content-type')).toMatch('application/x-www-form-urlencoded')
  })

  test('several reads travel as one batch', async () => {
    const site = fakeSite(packed(1, 2))
    const moodle = overRest(site)
    const answers = await Promise.all([
      moodle.call(unread, { useridto: 3 }),
      moodle.call(popup, { useridto: 3 }),
    ])
    expect(answers).toEqual([1, 2])
    expect(site.asked).toHaveLength(1)
    const { form } = site.asked[0] ?? expect.unreachable()
    expect(form.get('wsfunction')).toBe(batch)
    expect(form.get('requests[1][function]')).toBe(popup)
    expect(form.get('requests[1][arguments]')).toBe('{"useridto":3}')
  })

  test('where the batch function is refused, reads go singly, and it is not asked for again', async () => {
    const refused = { exception: 'webservice_access_exception', errorcode: 'accessexception', message: 'no' }
    const site = fakeSite(({ form }: { form: URLSearchParams }) =>
      form.get('wsfunction') === batch ? refused : 5,
    )
    const moodle = overRest(site)
    const twice = () =>
      Promise.all([moodle.call(unread, { useridto: 3 }), moodle.call(popup, { useridto: 3 })])
    expect(await twice()).toEqual([5, 5])
    expect(await twice()).toEqual([5, 5])
    expect(site.asked.filter(({ form }) => form.get('wsfunction') === batch)).toHaveLength(1)
    expect(site.asked).toHaveLength(5)
  })

  test('a token that is refused everything is not taken for a missing batch function', async () => {
    const refused = { exception: 'webservice_access_exception', errorcode: 'accessexception', message: 'no' }
    const site = fakeSite(refused, refused, refused, packed(1, 2))
    const moodle = overRest(site)
    const twice = () =>
      Promise.allSettled([moodle.call(unread, { useridto: 3 }), moodle.call(popup, { useridto: 3 })])
    expect(await twice()).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
    expect(await twice()).toMatchObject([{ value: 1 }, { value: 2 }])
  })

  test('in a batch too, reads that Moodle did not get to are asked again', async () => {
    const exception = JSON.stringify({ errorcode: 'accessexception', module: 'webservice' })
    const site = fakeSite({ responses: [{ error: true, exception }] }, 6)
    const moodle = overRest(site)
    const answers = await Promise.allSettled([
      moodle.call(unread, { useridto: 3 }),
      moodle.call(popup, { useridto: 3 }),
    ])
    expect(answers).toMatchObject([{ reason: { errorcode: 'accessexception', reason: '' } }, { value: 6 }])
  })

  test('more form variables than PHP takes travel as one JSON argument', async () => {
    const messages = Array.from({ length: 500 }, (_, index) => ({ touserid: index + 1, text: 'hello' }))
    const site = fakeSite(packed([stored]))
    await overRest(site).call('core_message_send_instant_messages', { messages })
    const { form } = site.asked[0] ?? expect.unreachable()
    expect(form.get('wsfunction')).toBe(batch)
    expect(JSON.parse(form.get('requests[0][arguments]') ?? '')).toEqual({ messages })
    expect([...form.keys()].length).toBeLessThan(20)
  })
})

describe('an empty list over a token', () => {
  const ofNobody = { referenceuserid: 3, userids: [] }
  const member = 'core_message_get_member_info'

  test('travels as JSON, because a form cannot say it', async () => {
    const site = fakeSite({ responses: [{ error: false, data: '[]' }] })
    expect(await overRest(site).call(member, ofNobody)).toEqual([])
    expect(site.asked[0]?.form.get('requests[0][arguments]')).toBe('{"referenceuserid":3,"userids":[]}')
  })

  test('is left out where the batch function is refused', async () => {
    const refused = { exception: 'webservice_access_exception', errorcode: 'accessexception', message: 'no' }
    const site = fakeSite(refused, [])
    expect(await overRest(site).call(member, ofNobody)).toEqual([])
    expect(site.asked[1]?.form.get('wsfunction')).toBe(member)
  })
})

describe('giving up', () => {
  const never: typeof globalThis.fetch = (input, init) =>
    new Promise((_, reject) => {
      const { signal } = new Request(input, init)
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
