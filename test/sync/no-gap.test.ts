import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator()
  tara = await computerOf(simulator, 'teacher1')
})

afterEach(() => simulator.close())

function answers(count: number): void {
  for (let n = 0; n < count; n++) {
    simulator.clock.advance(1)
    simulator.say({ from: 'student1', to: 'teacher1', text: `<p>Answer ${n}</p>` })
  }
}

const rows = async () => (await tara.store.messages.toArray()).filter(({ key }) => key === 'u5')
const held = async () => (await rows()).map(({ id }) => id)
const there = () => simulator.messagesBetween('teacher1', 'student1').map(({ id }) => id)
const pull = () => tara.engine.pull(tara.accountId, 'u5')

it('what was sent from here stands after a gap, and hides none', async () => {
  answers(35)
  await pull()
  await tara.engine.older(tara.accountId, 'u5')
  answers(40)
  await tara.write(tara.draft('And so?', { conversationKey: 'u5', dialogueId: 'general' }))
  await tara.engine.flush(tara.accountId)
  answers(40)
  await pull()
  expect(await held()).toEqual(there())
})

it.each([1, 2, 3, 4])('a reading that ends at request %i leaves no gap behind', async (request) => {
  answers(35)
  await pull()
  await tara.engine.older(tara.accountId, 'u5')
  answers(150)
  simulator.faults.add({ kind: 'offline', times: 1, after: request - 1 })
  await pull()
  await pull()
  expect(await held()).toEqual(there())
})

it('old messages beyond a gap are not taken for the unread ones that are missing', async () => {
  simulator.say({ from: 'student1', to: 'teacher1', text: '<p>Read long ago</p>' })
  await pull()
  const [old] = (await rows()).slice(-1)
  simulator.school.messages.get(old?.id ?? 0)?.timeread.set(3, 1)
  simulator.school.unread.get(3)?.clear()
  await tara.store.conversations.clear()
  await tara.store.messages.update([tara.accountId, 'u5', old?.id ?? 0], { unread: 0 })
  answers(35)
  await pull()
  expect((await tara.store.messages.get([tara.accountId, 'u5', old?.id ?? 0]))?.unread).toBe(0)
})
