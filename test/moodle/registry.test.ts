import { describe, expect, expectTypeOf, test } from 'vitest'
import * as shapes from '../../lib/moodle/functions/shapes.ts'
import type { FunctionDefinition, MoodleClient, NameOver, Returns } from '../../lib/moodle/index.ts'
import { defineFunction, functions } from '../../lib/moodle/index.ts'
import { fakeSite, good, overRest, overSession, rejection } from './fake-site.ts'
import catalogue from './fixtures/functions-4.5.6.json' with { type: 'json' }

interface Listed {
  readonly type: string
  readonly ajax: boolean
  readonly mobile: boolean
  readonly params: readonly string[]
  readonly required: readonly string[]
}

/** Said to be optional, but parameters are handed on by position: without one, the next takes its place. */
const requiredInTruth: Record<string, readonly string[]> = {
  core_table_get_dynamic_table_content: ['filters', 'sortdata'],
}
const listed: Record<string, Listed> = catalogue.functions
const registered: Record<string, FunctionDefinition> = functions

describe('the registry', () => {
  test.each(Object.entries(registered))('%s has the flags of the catalogue', (name, definition) => {
    const { type, ajax, mobile } = definition
    expect({ type, ajax, mobile }).toEqual({
      type: listed[name]?.type,
      ajax: listed[name]?.ajax,
      mobile: listed[name]?.mobile,
    })
  })

  test.each(Object.entries(registered))('%s knows the parameters of the catalogue', (name, definition) => {
    const issues = definition.params.safeParse({}).error?.issues ?? []
    const required = [...(listed[name]?.required ?? []), ...(requiredInTruth[name] ?? [])]
    expect(issues.map((issue) => String(issue.path[0])).sort()).toEqual(required.sort())
    const unknown = Object.fromEntries((listed[name]?.params ?? []).map((param) => [param, undefined]))
    const refused = definition.params.safeParse({ ...unknown, nonsense: 1 }).error?.issues ?? []
    const keys = refused.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []))
    expect(keys).toEqual(['nonsense'])
  })

  test('every messaging function of the catalogue is registered', () => {
    const messaging = Object.keys(listed).filter((name) => /^(core_message|message_popup)_/.test(name))
    expect(messaging.filter((name) => !(name in registered))).toEqual([])
    expect(messaging).toHaveLength(44)
  })

  test('only writes are called idempotent', () => {
    const idempotent = Object.values(registered).filter((definition) => definition.idempotent)
    expect(new Set(idempotent.map((definition) => definition.type))).toEqual(new Set(['write']))
  })
})

describe('reach', () => {
  test('a function beyond the transport is a type error', () => {
    expectTypeOf<'core_webservice_get_site_info'>().toExtend<NameOver<'rest'>>()
    expectTypeOf<'core_webservice_get_site_info'>().not.toExtend<NameOver<'session'>>()
    expectTypeOf<'core_session_time_remaining'>().toExtend<NameOver<'session'>>()
    expectTypeOf<'core_session_time_remaining'>().not.toExtend<NameOver<'rest'>>()
  })

  test('a client over either transport offers what both reach, and each client serves as one', () => {
    expectTypeOf<'core_message_get_messages'>().toExtend<NameOver<'session' | 'rest'>>()
    expectTypeOf<'core_session_time_remaining'>().not.toExtend<NameOver<'session' | 'rest'>>()
    expectTypeOf<MoodleClient<'session'>>().toExtend<MoodleClient>()
    expectTypeOf<MoodleClient<'rest'>>().toExtend<MoodleClient>()
  })

  test('answers are typed', () => {
    expectTypeOf<
      Returns<'core_message_get_conversations'>['conversations'][number]['unreadcount']
    >().toEqualTypeOf<number | null>()
    expectTypeOf<Returns<'core_message_mark_all_conversation_messages_as_read'>>().toEqualTypeOf<void>()
  })

  test('JavaScript callers get a clear error, and nothing is sent', async () => {
    const site = fakeSite()
    const moodle: MoodleClient = overSession(site)
    const call = moodle.call as unknown as (name: string, params: object) => Promise<unknown>
    const error = await rejection(call('core_webservice_get_site_info', {}))
    expect(error).toMatchObject({
      kind: 'out-of-reach',
      transport: 'session',
      message: 'core_webservice_get_site_info: this function cannot be called over the session transport',
    })
    expect(await rejection(call('core_no_such_function', {}))).toMatchObject({ kind: 'out-of-reach' })
    expect(site.asked).toHaveLength(0)
    expect(moodle.reaches('core_webservice_get_site_info')).toBe(false)
    expect(overRest(site).reaches('core_webservice_get_site_info')).toBe(true)
  })
})

describe('calling', () => {
  test('a function that is not registered is called as the caller describes it', async () => {
    const site = fakeSite([good({ answer: 42, more: 1 })])
    const definition = defineFunction({
      type: 'read',
      ajax: true,
      mobile: false,
      params: shapes.params({ question: shapes.str }),
      returns: shapes.row({ answer: shapes.int }),
    })
    const answer = await overSession(site).callUnregistered('local_x_ask', definition, { question: '?' })
    expect(answer).toEqual({ answer: 42 })
    expectTypeOf(answer).toEqualTypeOf<{ answer: number }>()
    expect(JSON.parse(site.asked[0]?.body ?? '')).toEqual([
      { index: 0, methodname: 'local_x_ask', args: { question: '?' } },
    ])
  })

  test('schemas given as functions are made when they are first needed, and once', async () => {
    const made: string[] = []
    const definition = defineFunction({
      type: 'read',
      ajax: true,
      mobile: false,
      params: () => {
        made.push('params')
        return shapes.params({ question: shapes.str })
      },
      returns: () => {
        made.push('returns')
        return shapes.row({ answer: shapes.int })
      },
    })
    expect(made).toEqual([])
    const moodle = overSession(fakeSite([good({ answer: 42, more: 1 })]))
    const answer = await moodle.callUnregistered('local_x_ask', definition, { question: '?' })
    expect(answer).toEqual({ answer: 42 })
    expectTypeOf(answer).toEqualTypeOf<{ answer: number }>()
    expectTypeOf(definition.ajax).toEqualTypeOf<true>()
    expect(definition.params).toBe(definition.params)
    expect(made).toEqual(['params', 'returns'])
  })

  test('nulls are left out, so that both transports ask the same', async () => {
    const site = fakeSite([good({ conversations: [] })])
    const params = { userid: 3, favourites: null } as unknown as { userid: number }
    await overSession(site).call('core_message_get_conversations', params)
    expect(JSON.parse(site.asked[0]?.body ?? '')[0].args).toEqual({ userid: 3 })
  })

  test.each([
    ['an empty text', '', 'messages.0.text', 'blank'],
    ['a blank text', ' \n\u00a0', 'messages.0.text', 'blank'],
    ['4,097 bytes', 'x'.repeat(4097), 'messages.0.text', '4096 bytes'],
    ['2,049 characters of two bytes', 'é'.repeat(2049), 'messages.0.text', '4096 bytes'],
  ])('%s is refused before sending', async (_, text, path, reason) => {
    const site = fakeSite([good([])])
    const call = overSession(site).call('core_message_send_instant_messages', {
      messages: [{ touserid: 5, text }],
    })
    const error = await rejection(call)
    expect(error).toMatchObject({ kind: 'params', path, reason: expect.stringContaining(reason) })
    expect(site.asked).toHaveLength(0)
  })

  test('4,096 bytes are sent', async () => {
    const site = fakeSite([good([])])
    const text = 'é'.repeat(2048)
    await overSession(site).call('core_message_send_instant_messages', { messages: [{ touserid: 5, text }] })
    expect(site.asked).toHaveLength(1)
  })

  test('what is missing or mistyped in an answer is named by its path', async () => {
    const conversation = { id: 2, name: null, subname: null, imageurl: null, type: 1, membercount: '2' }
    const site = fakeSite([good({ conversations: [conversation] })])
    const error = await rejection(overSession(site).call('core_message_get_conversations', { userid: 3 }))
    expect(error).toMatchObject({ kind: 'malformed', path: 'conversations.0.membercount', html: false })
  })
})
