import { afterEach, beforeEach, expect, it } from 'vitest'
import { countUnindexed, indexBatch } from '../../lib/store/search-index.ts'
import { keepIndexed } from '../../lib/store/search-keeper.ts'
import { likeText, locate, searchServer } from '../../lib/sync/search-server.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

const NAME = 'core_message_data_for_messagearea_search_messages'

let simulator: Simulator
let tara: Computer
let timecreated: number

beforeEach(async () => {
  simulator = await startSimulator()
  tara = await computerOf(simulator, 'teacher1')
  timecreated = simulator.clock.now() - 86_400
})

afterEach(() => simulator.close())

/** Each a minute after the one before. */
function say(text: string, from = 'student4'): number {
  timecreated += 60
  return simulator.say({ from, to: 'teacher1', text: `<p>${text}</p>`, timecreated }).id
}

const find = (typed: string, from = 0) => searchServer(tara.world, tara.accountId, typed, from)
const texts = async (typed: string) => (await find(typed)).hits.map(({ snippet }) => snippet.text)

it('sends letters and digits only, so that no sign of the person is a wildcard', () => {
  expect(likeText('50% of_all "the source"')).toBe('50%of%all%the%source')
  expect(likeText('Straße')).toBe('Straße')
})

it('asks once, and finds what this computer does not hold, newest first, with the words marked', async () => {
  await tara.engine.round(tara.accountId)
  say('the first <b>needle</b>')
  say('the second needle', 'student5')
  const { hits, trouble } = await find('second')
  expect(trouble).toBeUndefined()
  expect(hits).toMatchObject([{ mine: false, kind: 'individual', ref: { conversationKey: 'u9' } }])
  expect(simulator.requests.count(NAME)).toBe(1)
  expect(await texts('the needle')).toEqual(['the second needle', 'the first needle'])
  expect(hits[0]?.snippet.ranges).toEqual([[4, 10]])
})

it('leaves out what the computer holds', async () => {
  say('a needle')
  await tara.engine.round(tara.accountId)
  await tara.engine.catchUp(tara.accountId)
  expect(await texts('needle')).toEqual([])
})

it('does not ask for nothing', async () => {
  expect(await find(' % ')).toEqual({ hits: [] })
  expect(simulator.requests.count(NAME)).toBe(0)
})

it('says why, where the site does not answer', async () => {
  simulator.faults.add({ kind: 'status', match: { function: NAME } })
  const { hits, trouble } = await find('needle')
  expect(hits).toEqual([])
  expect(trouble).toBeDefined()
})

it('reads back to a message that was found, and tells its dialogue', async () => {
  const old = say('the needle')
  for (let n = 0; n < 130; n++) say(`hay ${n}`)
  await tara.engine.round(tara.accountId)
  const [hit] = (await find('needle')).hits
  if (!hit) throw new Error('nothing was found')
  expect(await tara.store.messages.get({ accountId: tara.accountId, id: old })).toBeUndefined()
  const place = await locate(tara.world, hit.ref, old)
  expect(place).toEqual({ accountId: tara.accountId, conversationKey: 'u8', dialogueId: 'general' })
  expect(await tara.store.messages.get({ accountId: tara.accountId, id: old })).toBeDefined()
})

it('gives up on a message that the site does not show', async () => {
  say('hay')
  await tara.engine.round(tara.accountId)
  const ref = { accountId: tara.accountId, conversationKey: 'u8', dialogueId: 'general' }
  expect(await locate(tara.world, ref, 999_999)).toBeUndefined()
})

it('is followed by the index in the background', async () => {
  const keeper = keepIndexed(tara.store, async () => undefined)
  say('the needle')
  await tara.engine.round(tara.accountId)
  await expect.poll(() => countUnindexed(tara.store, tara.accountId)).toBe(0)
  await keeper.catchUp()
  expect(await tara.store.terms.count()).toBeGreaterThan(1)
  keeper.stop()
  const account = await tara.store.accounts.get(tara.accountId)
  expect(account && (await indexBatch(tara.store, account))).toBe(0)
})
