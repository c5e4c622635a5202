import { describe, expect, test } from 'vitest'
import {
  isClosedForNow,
  type MoodleError,
  mayHaveHappened,
  moodleErrorOf,
  publicConfig,
  readPage,
  restTransport,
  sessionTransport,
  signIn,
} from '../../lib/moodle/index.ts'
import { rejection } from './fake-site.ts'
import {
  callsOf,
  clientFor,
  opened,
  over,
  type Recording,
  recordings,
  refusalIn,
  registered,
  titled,
  wwwroot,
} from './recordings.ts'

describe('batches, sign-in and pages of the recordings', () => {
  const labelled = (label: string, transport: string) =>
    recordings.find((one) => one.label === label && one.transport === transport) ?? expect.unreachable()
  const wire = (one: Recording) =>
    callsOf(one).map((call) => ({
      wsfunction: call.function,
      args: call.args,
      definition: opened(call.function),
    }))
  const sending = { signal: new AbortController().signal, timeoutMs: 1000 }

  test('a poll of two counters', async () => {
    const one = labelled('poll', 'ajax')
    const transport = sessionTransport({ wwwroot, sesskey: 'sess123', fetch: clientFor(one).fetch })
    expect(await transport.send(wire(one), sending)).toEqual([{ data: 0 }, { data: 0 }])
  })

  test('a session batch that stopped at its second call', async () => {
    const one = labelled('second fails: third never answered', 'ajax')
    const transport = sessionTransport({ wwwroot, sesskey: 'sess123', fetch: clientFor(one).fetch })
    expect(await transport.send(wire(one), sending)).toMatchObject([
      { data: 0 },
      { fault: { kind: 'moodle', errorcode: 'User is not part of conversation.' } },
      { fault: { kind: 'not-attempted', after: 'core_message_get_conversation_messages' } },
    ])
  })

  test('a token batch that stopped at its second call', async () => {
    const one = labelled('second fails', 'rest')
    const transport = restTransport({ wwwroot, wstoken: 'tok123', fetch: clientFor(one).fetch })
    const calls = wire(labelled('second fails: third never answered', 'ajax'))
    expect(await transport.send(calls, sending)).toMatchObject([
      { data: 0 },
      { fault: { kind: 'moodle', errorcode: 'User is not part of conversation.' } },
      { fault: { kind: 'not-attempted', after: 'core_message_get_conversation_messages' } },
    ])
    expect(registered.tool_mobile_call_external_functions?.returns.safeParse(one.response).success).toBe(true)
  })

  test('an empty batch', async () => {
    const one = labelled('empty batch', 'ajax')
    const transport = sessionTransport({ wwwroot, sesskey: 'sess123', fetch: clientFor(one).fetch })
    expect(await transport.send([], sending)).toEqual([])
  })

  test('a request that failed as a whole', async () => {
    const { moodle } = clientFor(labelled('broken json body', 'ajax'))
    const error = await rejection(moodle.call('core_message_get_conversation_counts', {}))
    expect(error).toMatchObject({ kind: 'moodle', errorcode: 'codingerror' })
  })

  test('web services switched off: an empty body and status 403', async () => {
    const one = recordings.find((line) => line.status === 403) ?? expect.unreachable()
    const error = await rejection(clientFor(one).moodle.call('core_message_get_conversation_counts', {}))
    expect(error).toMatchObject({ kind: 'bad-status', status: 403, empty: true })
    expect([isClosedForNow(error), mayHaveHappened(error)]).toEqual([true, false])
  })

  test.each(titled(over('token.php')))('%s', async (_, one) => {
    const login = signIn.withPassword({
      wwwroot,
      fetch: clientFor(one).fetch,
      username: 'teacher1',
      password: 'Pass.1234',
    })
    const refused = refusalIn(one.response)
    if (refused)
      expect(moodleErrorOf(await rejection(login))).toMatchObject({
        kind: 'moodle',
        ...refused,
      } satisfies Partial<MoodleError>)
    else expect(await login).toEqual({ wstoken: expect.stringMatching(/^recordedtoken/) })
  })

  test('the public configuration', async () => {
    const [one] = over('ajax-nologin')
    const config = await publicConfig({ wwwroot, fetch: clientFor(one ?? expect.unreachable()).fetch })
    expect(config).toMatchObject({ sitename: 'Seed University', typeoflogin: 1, enablemobilewebservice: 1 })
  })

  test('a course page', () => {
    const [one] = over('page')
    const attribute = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(one?.bodyid ?? '')?.[1] ?? ''
    const script = `//<![CDATA[\nvar M = {}; M.yui = {};\nM.cfg = ${JSON.stringify(one?.mcfg)};var yui1ConfigFn = function(me) {};`
    const facts = {
      scripts: ['var a = 1', script],
      bodyClass: attribute('class'),
      bodyId: attribute('id'),
      lang: 'en',
    }
    expect(readPage(facts)).toEqual({
      wwwroot,
      sesskey: 'sesskey000',
      userId: 3,
      courseId: 2,
      contextId: 73,
      language: 'en',
      dir: 'ltr',
      theme: 'boost',
      pageId: 'page-course-view-topics',
      layout: 'course',
      state: 'ok',
    })
  })
})
