import { describe, expect, expectTypeOf, test } from 'vitest'
import { catalogue } from '../../lib/moodle/catalogue.ts'
import { clientOver } from '../../lib/moodle/client.ts'
import { createDirectory } from '../../lib/moodle/directory.ts'
import * as shapes from '../../lib/moodle/functions/shapes.ts'
import type { MoodleClient } from '../../lib/moodle/index.ts'
import {
  type CallShapeOf,
  createMoodleClient,
  defineFunction,
  functions,
  type MoodleClient as MoodleForAll,
  type MoodleFunctions,
  type NameOver,
  restTransport,
  sessionTransport,
} from '../../lib/moodle/library.ts'
import { bad, fakeSite, good, rejection, wwwroot } from './fake-site.ts'

type Site = ReturnType<typeof fakeSite>
const session = ({ fetch }: Site) => sessionTransport({ wwwroot, sesskey: 'sess123', fetch })
const rest = ({ fetch }: Site) => restTransport({ wwwroot, wstoken: 'token123', fetch })
const namesIn = (site: Site) =>
  site.asked.map(({ body }) => JSON.parse(body).map((item: { methodname: string }) => item.methodname))

const quiz = { id: 1, course: 2, coursemodule: 3, name: 'Quiz' }
const ask = defineFunction({
  type: 'read',
  ajax: true,
  mobile: false,
  params: () => shapes.params({ question: shapes.str }),
  returns: () => shapes.row({ answer: shapes.int }),
})

declare module '../../lib/moodle/library.ts' {
  interface MoodleFunctions {
    local_aside_ask: CallShapeOf<typeof ask>
  }
}

describe('a function that nobody wrote by hand', () => {
  test('is called like any other, and its answer is checked', async () => {
    const site = fakeSite({ scalevalues: [] }, { grades: [], warnings: [] })
    const moodle = createMoodleClient(rest(site))
    expect(functions).not.toHaveProperty('core_grades_get_gradeitems')
    const answer = await rejection(moodle.call('mod_quiz_get_user_attempts', { quizid: 5, status: 'all' }))
    expect(answer).toMatchObject({
      kind: 'malformed',
      wsfunction: 'mod_quiz_get_user_attempts',
      path: 'attempts',
    })
    expect(site.asked[0]?.form.get('quizid')).toBe('5')
  })

  test('names the place of what is wrong, however deep', async () => {
    const over = createMoodleClient(rest(fakeSite({ quizzes: [quiz, { ...quiz, id: 'x' }] })))
    expect(await rejection(over.call('mod_quiz_get_quizzes_by_courses', {}))).toMatchObject({
      kind: 'malformed',
      path: 'quizzes.1.id',
    })
  })

  test('has its parameters checked before anything is sent', async () => {
    const site = fakeSite([])
    const call = createMoodleClient(rest(site)).call
    const wrong = { courseids: ['2'] } as unknown as { courseids: number[] }
    const error = await rejection(call('mod_glossary_get_glossaries_by_courses', wrong))
    expect(error).toMatchObject({ kind: 'params', path: 'courseids.0', reason: 'expected number' })
    expect(site.asked).toHaveLength(0)
  })

  test('keeps its place among the others, and reads of one turn still travel together', async () => {
    const site = fakeSite([good(null), good(null), good(null)])
    const moodle = createMoodleClient(session(site))
    await Promise.allSettled([
      moodle.call('core_calendar_get_calendar_event_by_id', { eventid: 1 }),
      moodle.call('core_session_time_remaining', {}),
      moodle.call('core_competency_delete_competency', { id: 1 }),
      moodle.call('core_message_block_user', { userid: 3, blockeduserid: 4 }),
    ])
    expect(namesIn(site)).toEqual([
      ['core_calendar_get_calendar_event_by_id', 'core_session_time_remaining'],
      ['core_competency_delete_competency'],
      ['core_message_block_user'],
    ])
  })

  test('out of reach is known without its description, and nothing is sent', async () => {
    const site = fakeSite([])
    const call = createMoodleClient(session(site)).call as unknown as MoodleForAll<'rest'>['call']
    const error = await rejection(call('mod_quiz_get_quizzes_by_courses', {}))
    expect(error).toMatchObject({ kind: 'out-of-reach', transport: 'session' })
    expect(site.asked).toHaveLength(0)
  })

  test('given up before its description is there is never sent', async () => {
    const site = fakeSite([good([])])
    const controller = new AbortController()
    const call = createMoodleClient(session(site)).call(
      'core_blog_get_entries',
      {},
      { signal: controller.signal },
    )
    controller.abort()
    expect(await rejection(call)).toMatchObject({ kind: 'unreachable', aborted: true, sent: false })
    expect(site.asked).toHaveLength(0)
  })

  test('whose description cannot be loaded is not sent, and holds nobody up', async () => {
    const site = fakeSite([good(5)])
    const directory = createDirectory(functions, {
      ...catalogue,
      load: () => Promise.reject(new Error('no such file')),
    })
    const moodle: MoodleForAll<'session'> = clientOver(session(site), directory)
    const [first, second] = await Promise.allSettled([
      moodle.call('core_blog_get_entries', {}),
      moodle.call('core_message_get_unread_conversations_count', { useridto: 3 }),
    ])
    expect(first).toMatchObject({ reason: { kind: 'unreachable', sent: false, aborted: false } })
    expect(second).toMatchObject({ value: 5 })
  })

  test.each(['constructor', '__proto__', 'toString', 'core_no_such_function', ''])(
    '%j is none, and nothing is sent',
    async (name) => {
      const site = fakeSite([])
      const moodle = createMoodleClient(session(site))
      const call = moodle.call as unknown as (name: string, params: object) => Promise<unknown>
      expect(await rejection(call(name, {}))).toMatchObject({ kind: 'out-of-reach' })
      expect(moodle.reaches(name as 'core_blog_get_entries')).toBe(false)
    },
  )
})

describe('the types', () => {
  test('know all functions, and who reaches them', () => {
    expectTypeOf<'mod_quiz_get_quizzes_by_courses'>().toExtend<NameOver<'rest'>>()
    expectTypeOf<'mod_quiz_get_quizzes_by_courses'>().not.toExtend<NameOver<'session'>>()
    expectTypeOf<'core_competency_create_competency'>().toExtend<NameOver<'session'>>()
    expectTypeOf<keyof MoodleFunctions>().not.toEqualTypeOf<string>()
  })

  test('prefer what is written by hand', () => {
    expectTypeOf<MoodleFunctions['core_message_get_conversations']['returns']>().toHaveProperty(
      'conversations',
    )
    expectTypeOf<
      MoodleFunctions['core_message_get_conversations']['returns']['conversations'][number]['id']
    >().toEqualTypeOf<number>()
  })

  test('say null and absence where Moodle says them', () => {
    type Attempt = MoodleFunctions['mod_quiz_get_user_attempts']['returns']['attempts'][number]
    expectTypeOf<Attempt['id']>().toEqualTypeOf<number | null | undefined>()
    expectTypeOf<MoodleFunctions['core_competency_delete_competency']['returns']>().toEqualTypeOf<
      boolean | null
    >()
    expectTypeOf<MoodleFunctions['core_ai_set_action']['reach']>().toEqualTypeOf<'session'>()
  })

  test('let a client for everything stand where one for the written functions is wanted', () => {
    expectTypeOf<MoodleForAll>().toExtend<MoodleClient>()
  })
})

describe('the token of a service of the site’s own', () => {
  test('reaches what neither a session nor an ordinary token does', async () => {
    const site = fakeSite([])
    const service = createMoodleClient(
      restTransport({ wwwroot, wstoken: 'x', service: 'own', fetch: site.fetch }),
    )
    expect(
      await service.call('core_user_create_users', {
        users: [{ username: 'a', firstname: 'A', lastname: 'B', email: 'a@b.example' }],
      }),
    ).toEqual([])
    expect(site.asked[0]?.form.get('users[0][username]')).toBe('a')
    expectTypeOf<'core_user_create_users'>().toExtend<NameOver<'service'>>()
    expectTypeOf<'core_user_create_users'>().not.toExtend<NameOver<'rest'>>()
    expectTypeOf<'core_session_touch'>().toExtend<NameOver<'service'>>()
  })
})

describe('functions of one’s own', () => {
  test('are called and typed by their definition', async () => {
    const site = fakeSite([good({ answer: 42, more: 1 })])
    const moodle = createMoodleClient(session(site), { functions: { local_aside_ask: ask } })
    const answer = await moodle.call('local_aside_ask', { question: '?' })
    expectTypeOf(answer).toEqualTypeOf<{ answer: number }>()
    expect(answer).toEqual({ answer: 42 })
    expect(moodle.reaches('local_aside_ask')).toBe(true)
    expectTypeOf<'local_aside_ask'>().toExtend<NameOver<'session'>>()
    expectTypeOf<'local_aside_ask'>().not.toExtend<NameOver<'rest'>>()
  })

  test('win over those that the client knows', async () => {
    const site = fakeSite([good({ answer: 42 })])
    const moodle = createMoodleClient(session(site), { functions: { core_blog_get_entries: ask } })
    expect(await moodle.call('core_blog_get_entries', { question: '?' })).toEqual({ answer: 42 })
  })

  test('that are refused say so like any other', async () => {
    const site = fakeSite([bad('nopermissions')])
    const moodle = createMoodleClient(session(site), { functions: { local_aside_ask: ask } })
    const error = await rejection(moodle.call('local_aside_ask', { question: '?' }))
    expect(error).toMatchObject({ kind: 'moodle', wsfunction: 'local_aside_ask', errorcode: 'nopermissions' })
  })
})
