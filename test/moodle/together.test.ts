import { describe, expect, test } from 'vitest'
import {
  createBatch,
  createMoodleClient,
  type MoodleClient,
  restTransport,
  sessionTransport,
} from '../../lib/moodle/index.ts'
import * as library from '../../lib/moodle/library.ts'
import { running } from '../simulator/running.ts'
import { bad, fakeSite, good, json, overRest, overSession, wwwroot } from './fake-site.ts'
import { overSessionOf, overTokenOf } from './over.ts'

const simulator = running()
const SEND = 'core_message_send_instant_messages'
const MUTE = 'core_message_mute_conversations'
const hello = (touserid: number, text = 'hello') => ({ messages: [{ touserid, text }] })
const stored = { msgid: 7, text: 'hello', timecreated: 1, conversationid: 2, useridfrom: 3 }
const states = (outcomes: readonly { readonly state: string }[]) => outcomes.map(({ state }) => state)
const requestsWith = (name: string) =>
  simulator()
    .requests.all()
    .filter(({ functions }) => functions.includes(name))

describe.each(['session', 'token'] as const)('writes in one request over a %s', (way) => {
  const moodleOf = () =>
    way === 'session' ? overSessionOf(simulator(), 'teacher1') : overTokenOf(simulator(), 'teacher1')

  test('are all done, each with its answer', async () => {
    const batch = createBatch(await moodleOf())
    const first = batch.add(SEND, hello(5))
    const second = batch.add(MUTE, { userid: 3, conversationids: [1] })
    simulator().requests.clear()
    expect(states(await batch.send())).toEqual(['done', 'done'])
    expect(await first).toMatchObject({ state: 'done', value: [{ useridfrom: 3 }] })
    expect((await second).state).toBe('done')
    expect(requestsWith(SEND)).toHaveLength(1)
    expect(simulator().requests.all()).toHaveLength(1)
  })

  test('stop at the first refusal, and what comes after was not attempted', async () => {
    const batch = createBatch(await moodleOf())
    const before = simulator().messagesBetween('teacher1', 'student2').length
    void batch.add(SEND, hello(6))
    void batch.add('core_message_send_messages_to_conversation', {
      conversationid: 99999,
      messages: [{ text: 'nobody' }],
    })
    void batch.add(SEND, hello(6, 'later'))
    const outcomes = await batch.send()
    expect(states(outcomes)).toEqual(['done', 'refused', 'not-attempted'])
    expect(simulator().messagesBetween('teacher1', 'student2')).toHaveLength(before + 1)
  })

  test('whose answer was lost may have been done', async () => {
    const moodle = await moodleOf()
    const batch = createBatch(moodle)
    void batch.add(SEND, hello(7))
    void batch.add(SEND, hello(7, 'again'))
    const undo = simulator().faults.add({ kind: 'answerLost', match: { function: SEND } })
    expect(states(await batch.send())).toEqual(['unknown', 'unknown'])
    undo()
    expect(simulator().messagesBetween('teacher1', 'student3')).toHaveLength(2 * (way === 'session' ? 1 : 2))
  })
})

test('parameters that are wrong are refused alone, before anything is sent', async () => {
  const site = fakeSite([good([stored])])
  const batch = createBatch(overSession(site))
  void batch.add(SEND, { messages: [{ touserid: 'five' as unknown as number, text: '' }] })
  void batch.add(SEND, hello(5))
  const [first, second] = await batch.send()
  expect(first).toMatchObject({ state: 'refused', error: { kind: 'params' } })
  expect(second?.state).toBe('done')
  expect(JSON.parse(site.asked[0]?.body ?? '')).toHaveLength(1)
})

test('a batch that failed as one may have been done in part', async () => {
  const unknown = {
    error: "Can't find data record in database table external_functions.",
    errorcode: 'invalidrecord',
  }
  const batch = createBatch(overSession(fakeSite(unknown)))
  for (const id of [5, 6]) void batch.add(SEND, hello(id))
  expect(states(await batch.send())).toEqual(['unknown', 'unknown'])
})

test('a session that has ended refuses all of them', async () => {
  const out = { error: 'Web service is not available', errorcode: 'servicerequireslogin' }
  const batch = createBatch(overSession(fakeSite(out)))
  for (const id of [5, 6]) void batch.add(SEND, hello(id))
  expect(states(await batch.send())).toEqual(['refused', 'refused'])
})

test('more than fifty travel in several requests, none after a failure', async () => {
  const goods = Array.from({ length: 50 }, () => good([stored]))
  const site = fakeSite(goods, [good([stored]), bad('nopermissions')])
  const batch = createBatch(overSession(site))
  for (let id = 5; id < 115; id++) void batch.add(SEND, hello(id))
  const outcomes = states(await batch.send())
  expect(site.asked).toHaveLength(2)
  expect(outcomes.slice(0, 51)).toEqual(Array(51).fill('done'))
  expect(outcomes[51]).toBe('refused')
  expect(outcomes.slice(52)).toEqual(Array(58).fill('not-attempted'))
})

test('where a token’s service has no batches, they go one by one and stop likewise', async () => {
  const refused = { exception: 'webservice_access_exception', errorcode: 'accessexception', message: 'no' }
  const denied = { exception: 'moodle_exception', errorcode: 'nopermissions', message: 'no' }
  const site = fakeSite(refused, [stored], denied)
  const batch = createBatch(overRest(site))
  for (const id of [5, 6, 7]) void batch.add(SEND, hello(id))
  expect(states(await batch.send())).toEqual(['done', 'refused', 'not-attempted'])
  expect(site.asked).toHaveLength(3)
})

describe('what PHP would drop', () => {
  const long = (bytes: number) => ({ messages: [{ touserid: 5, text: 'ä'.repeat(bytes / 2) }] })
  const never: typeof fetch = () => expect.unreachable()
  const limit = { maxPostBytes: 50_000 }

  test('is not sent, and surely nothing happened', async () => {
    const overs: readonly MoodleClient[] = [
      createMoodleClient(restTransport({ wwwroot, wstoken: 'token123', fetch: never, ...limit })),
      createMoodleClient(sessionTransport({ wwwroot, sesskey: 'sess123', fetch: never, ...limit })),
    ]
    for (const moodle of overs) {
      await expect(moodle.call(SEND, long(60_000))).rejects.toMatchObject({ kind: 'params' })
    }
  })

  test('because of the others of its request goes by itself', async () => {
    const site = fakeSite(({ body }: { body: string }) => json(JSON.parse(body).map(() => good([]))))
    const options = { wwwroot, sesskey: 'sess123', fetch: site.fetch, ...limit }
    const moodle = createMoodleClient(sessionTransport(options))
    const search = (text: string) => ({ userid: 3, search: text })
    const name = 'core_message_message_search_users'
    const both = [
      moodle.call(name, search('a'.repeat(30_000))),
      moodle.call(name, search('b'.repeat(30_000))),
    ]
    await Promise.allSettled(both)
    expect(site.asked).toHaveLength(2)
  })
})

test('the client of the whole catalogue has batches and walks as well', async () => {
  const site = fakeSite([good(null), good(null)], [good({ conversations: [] })])
  const moodle = library.createMoodleClient(
    library.sessionTransport({ wwwroot, sesskey: 'sess123', fetch: site.fetch }),
  )
  const batch = createBatch(moodle)
  void batch.add('core_calendar_delete_calendar_events', { events: [{ eventid: 4, repeat: false }] })
  void batch.add(MUTE, { userid: 3, conversationids: [1] })
  await batch.send()
  for await (const row of library.eachConversation(moodle, { userid: 3 })) expect.unreachable(`${row.id}`)
  expect(site.asked.map(({ body }) => JSON.parse(body).length)).toEqual([2, 1, 1])
})
