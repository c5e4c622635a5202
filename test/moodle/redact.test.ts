import { describe, expect, test } from 'vitest'
import {
  createMoodleClient,
  type MoodleClient,
  type MoodleError,
  redact,
  restTransport,
  sessionTransport,
  signIn,
} from '../../lib/moodle/index.ts'
import { bad, fakeSite, good, json, page, rejection, wwwroot } from './fake-site.ts'
import { gossip, secrets, toldBy } from './secrets.ts'

const { sesskey, wstoken, password } = secrets
const expectSilence = (error: unknown): void => expect(toldBy(error)).toEqual([])
const fails: typeof globalThis.fetch = () => Promise.reject(new TypeError(gossip))
/** Held, because a request that nobody holds may be collected together with its signal's listeners. */
const held: Request[] = []
const never: typeof globalThis.fetch = (input, init) =>
  new Promise((_, reject) => {
    const request = new Request(input, init)
    held.push(request)
    request.signal.addEventListener('abort', () => reject(new Error(gossip)))
  })

const answers: [MoodleError['kind'], typeof globalThis.fetch][] = [
  ['unreachable', fails],
  ['unreachable', never],
  ['bad-status', fakeSite(page(gossip, { status: 500, headers: { 'retry-after': sesskey } })).fetch],
  ['malformed', fakeSite(page(gossip)).fetch],
  ['malformed', fakeSite(json({ [gossip]: gossip })).fetch],
  ['moodle', fakeSite(json({ error: gossip, errorcode: gossip })).fetch],
  [
    'moodle',
    fakeSite(json({ exception: gossip, message: gossip, errorcode: gossip, debuginfo: gossip })).fetch,
  ],
]

describe.each(answers)('a %s error', (kind, fetch) => {
  const clients: [string, MoodleClient][] = [
    ['session', createMoodleClient(sessionTransport({ wwwroot, sesskey, fetch }))],
    ['rest', createMoodleClient(restTransport({ wwwroot, wstoken, fetch }))],
  ]

  test.each(clients)('over %s tells no secret', async (_, moodle) => {
    const error = await rejection(moodle.call('core_message_get_conversation_counts', {}, { timeoutMs: 20 }))
    expect(error).toMatchObject({ kind })
    expectSilence(error)
  })

  test('of the sign-in tells no secret', async () => {
    const options = { wwwroot, fetch, username: 'teacher1', password }
    if (fetch !== never) expectSilence(await rejection(signIn.withPassword(options)))
  })
})

test('a refused item of a batch and what was not attempted behind it tell no secret', async () => {
  const fetch = fakeSite([
    { ...bad(gossip), exception: { errorcode: 'invalidsesskey', message: gossip, backtrace: gossip } },
  ]).fetch
  const moodle = createMoodleClient(sessionTransport({ wwwroot, sesskey, fetch }))
  const results = await Promise.allSettled(
    [1, 2].map((messageid) => moodle.call('core_message_mark_message_read', { messageid })),
  )
  const reasons = results.map((result) => (result.status === 'rejected' ? result.reason : undefined))
  expect(reasons).toMatchObject([{ kind: 'moodle' }, { kind: 'not-attempted' }])
  reasons.forEach(expectSilence)
})

test('parameters that are refused are not repeated', async () => {
  const moodle = createMoodleClient(sessionTransport({ wwwroot, sesskey, fetch: fakeSite([good(1)]).fetch }))
  const params = { userid: gossip } as unknown as { userid: number }
  const error = await rejection(moodle.call('core_message_get_conversation_counts', params))
  expect(error).toMatchObject({ kind: 'params', path: 'userid' })
  expectSilence(error)
})

test('a function out of reach is named, and nothing else', async () => {
  const moodle = createMoodleClient(sessionTransport({ wwwroot, sesskey, fetch: fakeSite().fetch }))
  const call = moodle.call as unknown as (name: string, params: object) => Promise<unknown>
  const error = await rejection(call('core_webservice_get_site_info', { sesskey }))
  expect(error).toMatchObject({ kind: 'out-of-reach' })
  expectSilence(error)
})

test('what is no secret stays readable', () => {
  const text = 'Invalid token - token not found for user 5 in course 2 (Essay 1)'
  expect(redact(text)).toBe(text)
  expect(redact('?sesskey=abc&id=3')).toBe('?sesskey=[hidden]&id=3')
})

test('a secret that is given is found however it is written', () => {
  const given = 'a&b c'
  expect(redact(`${given} ${encodeURIComponent(given)} ${btoa(given)}`, [given])).toBe(
    '[hidden] [hidden] [hidden]',
  )
})
