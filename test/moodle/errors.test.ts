import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import {
  createMoodleClient,
  isClosedForNow,
  isForbidden,
  isMoodleError,
  isSignedOut,
  mayHaveHappened,
  moodleErrorOf,
  needsThePerson,
  restTransport,
  sessionTransport,
  toPlain,
} from '../../lib/moodle/index.ts'
import { bad, fakeSite, json, page, rejection, wwwroot } from './fake-site.ts'

const hello = { messages: [{ touserid: 5, text: 'hello' }] }

const overSession = (fetch: typeof globalThis.fetch, isOnline = () => true) =>
  createMoodleClient(sessionTransport({ wwwroot, sesskey: 'sess123', fetch, isOnline }))

/** What a send is answered with. */
const sendError = (answer: unknown) =>
  rejection(overSession(fakeSite(answer).fetch).call('core_message_send_instant_messages', hello))

describe('answers that are no answer', () => {
  test.each([
    [
      'a login form in place of JSON',
      page('\n<!DOCTYPE html><html><body>Log in</body></html>'),
      { html: true, debugOutput: false },
    ],
    ['a fragment of a page', page('<p>Blocked by the firewall</p>'), { html: true, debugOutput: false }],
    [
      'debugging output before the answer',
      page('<br />\n<b>Notice</b>: Undefined index in x.php on line 3<br />\n[{"error":false,"data":[]}]'),
      { html: false, debugOutput: true },
    ],
    ['nothing at all', page(''), { html: false, debugOutput: false }],
    ['half an answer', page('[{"error":false,'), { html: false, debugOutput: false }],
    ['null', json(null), { html: false, debugOutput: false }],
    ['an item without its exception', json([{ error: true }]), { html: false, path: 'exception' }],
  ])('%s is malformed, and the write may have happened', async (_, answer, expected) => {
    const error = await sendError(answer)
    expect(error).toMatchObject({ kind: 'malformed', ...expected })
    expect(mayHaveHappened(error)).toBe(true)
  })

  test.each([
    [500, 'the server broke down', true, false],
    [502, 'the gateway got no answer', true, false],
    [503, 'maintenance on the command line', true, true],
    [404, 'there is no such script', false, false],
    [429, 'asked too often', false, false],
    [302, 'sent elsewhere', true, false],
  ])('status %i: %s', async (status, _, happened, closed) => {
    const error = await sendError(page('<html></html>', { status }))
    expect(error).toMatchObject({ kind: 'bad-status', status, empty: false })
    expect(mayHaveHappened(error)).toBe(happened)
    expect(isClosedForNow(error)).toBe(closed)
  })

  test('a firewall that forbids is told from web services switched off', async () => {
    expect(isForbidden(await sendError(page('<html>Forbidden</html>', { status: 403 })))).toBe(true)
    const off = await sendError(page('', { status: 403 }))
    expect([isForbidden(off), isClosedForNow(off), mayHaveHappened(off)]).toEqual([false, true, false])
  })

  test('an exception that Moodle sends with an error status is still its exception', async () => {
    const body = { error: 'No', errorcode: 'servicerequireslogin' }
    expect(isSignedOut(await sendError(json(body, { status: 403 })))).toBe(true)
  })

  test('Retry-After is read in seconds and as a date by the server’s clock', async () => {
    const inSeconds = { status: 503, headers: { 'retry-after': '300' } }
    expect(await sendError(page('', inSeconds))).toMatchObject({ retryAfter: 300 })
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT'
    const asDate = { status: 503, headers: { date, 'retry-after': 'Wed, 21 Oct 2026 07:30:00 GMT' } }
    expect(await sendError(page('', asDate))).toMatchObject({ retryAfter: 120 })
    const nonsense = { status: 503, headers: { 'retry-after': 'soon' } }
    expect(await sendError(page('', nonsense))).not.toHaveProperty('retryAfter')
  })

  test('the server’s clock is told with each answer', async () => {
    const times: number[] = []
    const answer = json([{ error: false, data: 1 }], { headers: { date: 'Wed, 21 Oct 2026 07:28:00 GMT' } })
    const transport = sessionTransport({
      wwwroot,
      sesskey: 'sess123',
      fetch: fakeSite(answer).fetch,
      onServerTime: (timeServer) => times.push(timeServer),
    })
    await createMoodleClient(transport).call('core_message_get_unread_conversations_count', { useridto: 3 })
    expect(times).toEqual([Date.UTC(2026, 9, 21, 7, 28) / 1000])
  })
})

describe('no answer', () => {
  test('offline, nothing is attempted and nothing happened', async () => {
    const site = fakeSite([])
    const error = await rejection(
      overSession(site.fetch, () => false).call('core_message_send_instant_messages', hello),
    )
    expect(error).toMatchObject({ kind: 'unreachable', offline: true, sent: false })
    expect(mayHaveHappened(error)).toBe(false)
    expect(site.asked).toHaveLength(0)
  })

  test('a connection lost on the way may have delivered', async () => {
    const error = await rejection(
      overSession(() => Promise.reject(new TypeError('Failed to fetch'))).call(
        'core_message_send_instant_messages',
        hello,
      ),
    )
    expect(error).toMatchObject({ kind: 'unreachable', offline: false, timedOut: false })
    expect(error).not.toHaveProperty('sent')
    expect(mayHaveHappened(error)).toBe(true)
  })

  test('a refused connection surely delivered nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    await new Promise((resolve) => server.close(resolve))
    const transport = restTransport({ wwwroot: `http://127.0.0.1:${port}`, wstoken: 'tok123', fetch })
    const error = await rejection(
      createMoodleClient(transport).call('core_message_send_instant_messages', hello),
    )
    expect(error).toMatchObject({ kind: 'unreachable', sent: false })
    expect(mayHaveHappened(error)).toBe(false)
  })
})

describe('verdicts', () => {
  test.each([
    ['an expired token, told by a debugging site', 'accessexception', 'Invalid token - token expired', 's'],
    ['a function outside the service', 'accessexception', 'Access control exception', 'f'],
    ['maintenance, as the session transport tells it', 'requireloginerror', '', 'c'],
    ['an upgrade that is running', 'upgraderunning', '', 'c'],
    ['a profile that is not complete', 'usernotfullysetup', '', 'p'],
    ['a code that nobody has heard of', 'somethingnew', '', ''],
  ])('%s', async (_, errorcode, message, expected) => {
    const error = await sendError([bad(errorcode, message)])
    const said = [
      isSignedOut(error) && 's',
      isForbidden(error) && 'f',
      isClosedForNow(error) && 'c',
      needsThePerson(error) && !isSignedOut(error) && 'p',
    ]
    expect(said.filter(Boolean).join('')).toBe(expected)
  })

  test('the same code means maintenance for messages and a closed door for a course', async () => {
    const moodle = overSession(fakeSite([bad('requireloginerror')]).fetch)
    const ofCourse = await rejection(moodle.call('core_group_get_course_groups', { courseid: 9 }))
    expect([isForbidden(ofCourse), isClosedForNow(ofCourse)]).toEqual([true, false])
  })

  test('an error that is not Moodle’s says nothing, except that the write may have happened', () => {
    for (const stranger of [
      new Error('boom'),
      undefined,
      'text',
      { kind: 'moodle', errorcode: 'invalidtoken' },
    ]) {
      expect(isMoodleError(stranger)).toBe(false)
      expect(isSignedOut(stranger)).toBe(false)
      expect(mayHaveHappened(stranger)).toBe(true)
    }
  })
})

describe('crossing to another context', () => {
  const crossings: [string, (error: unknown) => unknown][] = [
    ['as JSON', (error) => JSON.parse(JSON.stringify(error))],
    [
      'as a plain copy that is cloned',
      (error) => structuredClone(isMoodleError(error) ? toPlain(error) : error),
    ],
    ['spread', (error) => ({ ...(error as object) })],
  ]
  test.each(crossings)('%s, an error stays what it is, message included', async (_, cross) => {
    const error = await sendError([bad('servicerequireslogin', 'Log in')])
    const arrived = cross(error)
    expect(arrived).not.toBeInstanceOf(Error)
    expect(arrived).toMatchObject({
      kind: 'moodle',
      message: expect.stringContaining('servicerequireslogin'),
    })
    expect(isMoodleError(arrived)).toBe(true)
    expect([isSignedOut(arrived), needsThePerson(arrived), mayHaveHappened(arrived)]).toEqual([
      true,
      true,
      false,
    ])
  })

  test('cloned as it was thrown, the guards still know it', async () => {
    const arrived: unknown = structuredClone(await sendError([bad('servicerequireslogin', 'Log in')]))
    expect(isSignedOut(arrived)).toBe(true)
    expect(mayHaveHappened(arrived)).toBe(false)
    expect(moodleErrorOf(arrived)).toMatchObject({ kind: 'moodle', errorcode: 'servicerequireslogin' })
  })

  test('it is an ordinary Error where it is thrown', async () => {
    const error = await sendError([bad('disabled', 'Messaging is disabled')])
    expect(error).toBeInstanceOf(Error)
    expect(String(error)).toBe(
      'MoodleError: core_message_send_instant_messages: Moodle refused: disabled (Messaging is disabled)',
    )
  })
})
