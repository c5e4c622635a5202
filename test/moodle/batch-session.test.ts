import { describe, expect, test } from 'vitest'
import { createMoodleClient, isSignedOut, sessionTransport } from '../../lib/moodle/index.ts'
import { bad, fakeSite, good, overSession, wwwroot } from './fake-site.ts'

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

  test('idempotent writes that Moodle did not get to are asked again', async () => {
    const site = fakeSite([bad('invalidrecordunknown')], [good({ messageid: 2, warnings: [] })])
    const moodle = overSession(site)
    const [first, second] = await Promise.allSettled([
      moodle.call(markRead, { messageid: 1 }),
      moodle.call(markRead, { messageid: 2 }),
    ])
    expect(first).toMatchObject({ reason: { kind: 'moodle' } })
    expect(second).toMatchObject({ value: { messageid: 2 } })
    expect(site.asked).toHaveLength(2)
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
