import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { FunctionDefinition, MoodleClient } from '../../lib/moodle/index.ts'
import {
  createMoodleClient,
  functions,
  isClosedForNow,
  isForbidden,
  isSignedOut,
  type MoodleError,
  mayHaveHappened,
  moodleErrorOf,
  needsThePerson,
  publicConfig,
  readPage,
  restTransport,
  sessionTransport,
  signIn,
} from '../../lib/moodle/index.ts'
import { rejection } from './fake-site.ts'
import { answerOf, type Recording, recordings, titleOf } from './recordings.ts'

const wwwroot = 'http://127.0.0.1:8045'
const registered: Record<string, FunctionDefinition> = functions

/** What is to be thought of each refusal: s signed out, f forbidden, c closed for now, p needs the person, m may have happened. */
const verdicts: Record<string, string> = {
  '': 'm',
  accessexception: 'f',
  codingerror: 'm',
  disabled: 'c',
  errorconversationdoesnotexist: 'm',
  errormessagetoolong: 'm',
  'Favourite does not exist for the user. Cannot delete.': 'm',
  forcepasswordchangenotice: 'p',
  formatnotsupported: 'm',
  generalexceptionmessage: 'm',
  invalidlogin: 'sp',
  invalidparameter: '',
  invalidrecord: '',
  invalidsesskey: 'sp',
  invalidtoken: 'sp',
  nopermissions: 'f',
  requireloginerror: 'c',
  servicenotavailable: 'f',
  servicerequireslogin: 'sp',
  sitemaintenance: 'c',
  sitepolicynotagreed: 'p',
  'User 3 cannot send a message to conversation 99999': 'f',
  'User is not part of conversation.': 'fm',
  wsaccessusersuspended: 'f',
  'You do not have permission to delete this message for everyone.': 'fm',
  'You do not have permission to perform this action.': 'fm',
}

const judged = (error: unknown): string =>
  [
    isSignedOut(error) && 's',
    isForbidden(error) && 'f',
    isClosedForNow(error) && 'c',
    needsThePerson(error) && 'p',
    mayHaveHappened(error) && 'm',
  ]
    .filter(Boolean)
    .join('')

/** The refusal that a line holds, found without the client's help. */
function refusalIn(response: unknown): { errorcode: string } | undefined {
  const envelope = Array.isArray(response) ? response.find((item) => item?.error)?.exception : response
  if (typeof envelope !== 'object' || envelope === null) return undefined
  const isRefusal = 'errorcode' in envelope || 'exception' in envelope
  if (!isRefusal) return undefined
  return { errorcode: 'errorcode' in envelope ? String(envelope.errorcode) : '' }
}

/** The registry's function, opened to this transport and to bad parameters: what is judged is the answer. */
function opened(name: string): FunctionDefinition {
  const definition = registered[name]
  const params = z.looseObject({})
  const anything = { type: 'read', returns: z.unknown() } as const
  return { ...(definition ?? anything), params, ajax: true, mobile: true }
}

function clientFor(one: Recording) {
  const sent: unknown[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    sent.push(await new Request(input, init).text())
    return answerOf(one)
  }
  const moodle: MoodleClient =
    one.transport === 'rest'
      ? createMoodleClient(restTransport({ wwwroot, wstoken: 'tok123', fetch }))
      : createMoodleClient(sessionTransport({ wwwroot, sesskey: 'sess123', fetch }))
  return { moodle, sent, fetch }
}

const over = (...transports: string[]) => recordings.filter((one) => transports.includes(one.transport ?? ''))
const callsOf = (one: Recording) => one.calls ?? [{ function: one.function ?? '', args: one.args ?? {} }]
const single = over('rest', 'ajax').filter(
  (one) =>
    callsOf(one).length === 1 &&
    one.function !== 'tool_mobile_call_external_functions' &&
    (one.calls || one.function),
)
const titled = (some: Recording[]) => some.map((one) => [titleOf(one), one] as const)

test('every line but the notes is replayed', () => {
  const others = over('rest', 'ajax').filter((one) => !single.includes(one))
  expect(others.map((one) => one.label)).toEqual([
    'second fails: third never answered',
    'poll',
    'second fails',
    'empty batch',
    'broken json body',
  ])
  const replayed = single.length + others.length + over('token.php', 'page', 'ajax-nologin').length
  expect(replayed + recordings.filter((one) => one.note).length).toBe(recordings.length)
  expect(recordings).toHaveLength(217)
})

describe('good answers', () => {
  const lines = single.filter((one) => one.status === 200 && !refusalIn(one.response))
  test.each(titled(lines))('%s', async (_, one) => {
    const { moodle } = clientFor(one)
    const [call] = callsOf(one)
    if (!call) return expect.unreachable()
    expect(registered[call.function]).toBeDefined()
    const answer = await moodle.callUnregistered(call.function, opened(call.function), call.args)
    expect(answer).not.toBeNull()
  })

  // Moodle stores an empty text and refuses a long one in its row; this client sends neither.
  const accepted = lines.filter((one) => !/^empty text|bytes$/.test(one.label ?? ''))
  test.each(titled(accepted))('the parameters of %s are accepted', (_, one) => {
    for (const call of callsOf(one)) {
      const given = Object.entries(call.args).filter(([, value]) => value !== null)
      expect(registered[call.function]?.params.safeParse(Object.fromEntries(given)).error).toBeUndefined()
    }
  })
})

describe('refusals', () => {
  const lines = single.filter((one) => refusalIn(one.response))
  test.each(titled(lines))('%s', async (_, one) => {
    const { moodle } = clientFor(one)
    const [call] = callsOf(one)
    if (!call) return expect.unreachable()
    const error = await rejection(moodle.callUnregistered(call.function, opened(call.function), call.args))
    const errorcode = refusalIn(one.response)?.errorcode ?? ''
    expect(error).toMatchObject({ kind: 'moodle', errorcode, wsfunction: call.function })
    // A recorded function other than core_message's validates row by row.
    const isElsewhere = errorcode === 'invalidparameter' && !call.function.startsWith('core_message_')
    expect(judged(error)).toBe(isElsewhere ? 'm' : verdicts[errorcode])
  })

  test('no verdict is there for nothing', () => {
    const seen = [...over('rest', 'ajax', 'token.php')].map((one) => refusalIn(one.response)?.errorcode)
    expect(Object.keys(verdicts).filter((code) => !seen.includes(code))).toEqual([])
  })

  test('a message is refused for good only where it carried one row', async () => {
    const one = recordings.find((line) => line.label === 'no such conversation' && line.transport === 'rest')
    const { moodle } = clientFor(one ?? expect.unreachable())
    const messages = [{ text: 'one' }, { text: 'two' }]
    const call = moodle.callUnregistered(
      'core_message_send_messages_to_conversation',
      opened('core_message_send_messages_to_conversation'),
      { conversationid: 99999, messages },
    )
    const error = await rejection(call)
    expect(error).toMatchObject({ rows: 2 })
    expect(mayHaveHappened(error)).toBe(true)
  })
})

describe('the rest', () => {
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
    expect(judged(error)).toBe('c')
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
