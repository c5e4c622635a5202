import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator()
  tara = await computerOf(simulator, 'teacher1')
  simulator.say({ from: 'student1', to: 'teacher1', text: '<p>May I ask something?</p>' })
  await tara.engine.catchUp(tara.accountId)
  // The first finds the news, the second that nothing comes of them any more.
  await look()
  await look()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await simulator.close()
})

const look = () => tara.engine.round(tara.accountId)
const unread = () => tara.store.messages.where({ accountId: tara.accountId, unread: 1 }).toArray()

describe('a look that finds what the one before found', () => {
  it('asks once, and leaves the messages here in peace', async () => {
    const opened = vi.spyOn(IDBDatabase.prototype, 'transaction')
    simulator.requests.clear()
    await look()
    expect(simulator.requests.all()).toHaveLength(1)
    expect(opened.mock.calls.filter(([tables]) => [tables].flat().includes('messages'))).toEqual([])
  })

  it('mends what came to be otherwise here', async () => {
    const [message] = await unread()
    if (!message) throw new Error('nothing is unread')
    await tara.store.messages.put({ ...message, unread: 0 })
    await look()
    expect((await unread()).map(({ id }) => id)).toEqual([message.id])
  })

  it('finds what came next', async () => {
    simulator.clock.advance(1)
    const { id } = simulator.say({ from: 'student2', to: 'teacher1', text: '<p>Me too.</p>' })
    await look()
    expect((await unread()).map((row) => row.id)).toContain(id)
  })
})
