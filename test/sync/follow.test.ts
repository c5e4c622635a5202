import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { follow } from '../../lib/sync/follow.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

const SEARCH = 'core_message_data_for_messagearea_search_messages'

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator({ conversations: 0 })
  tara = await computerOf(simulator, 'teacher1')
})

afterEach(() => simulator.close())

const searches = () => simulator.requests.count(SEARCH)
const madeUp = (n: number) => `madeup${String(n).padStart(6, '0')}`

function ask(n: number, isWanted = false) {
  return follow(tara.world, tara.accountId, { dialogueId: madeUp(n), isWanted })
}

async function askFor(count: number, from = 0) {
  const answers = []
  for (let n = from; n < from + count; n++) answers.push(await ask(n))
  return answers
}

describe('addresses that a page makes up', () => {
  it('ask the site once for each that is nowhere', async () => {
    expect([await ask(1), await ask(1), await ask(1)]).toEqual([undefined, undefined, undefined])
    expect(searches()).toBe(1)
  })

  it('ask the site six times a minute, and no more; the others are told of', async () => {
    const answers = await askFor(40)
    expect(searches()).toBe(6)
    expect(answers.slice(6)).toEqual(answers.slice(6).map(() => ({ notLooked: 'too-many' })))
    simulator.clock.advance(61)
    await askFor(40, 100)
    expect(searches()).toBe(12)
  })

  it('do not stand in another account’s way', async () => {
    await askFor(10)
    const anna = await computerOf(simulator, 'student1')
    await follow(anna.world, anna.accountId, { dialogueId: madeUp(1) })
    expect(searches()).toBe(7)
  })

  it('do not stand in the way of what the person wants', async () => {
    await askFor(10)
    expect(await ask(20, true)).toBeUndefined()
    expect(await ask(1, true)).toBeUndefined()
    expect(searches()).toBe(8)
  })

  it('are not taken for nowhere because the site did not answer', async () => {
    simulator.faults.add({ kind: 'status', match: { function: SEARCH }, times: 1 })
    expect(await ask(1)).toEqual({ notLooked: 'no-answer' })
    expect(await ask(1)).toBeUndefined()
    expect(searches()).toBe(2)
  })

  it('are forgotten in the end, so that a page cannot fill the memory', async () => {
    for (let n = 0; n <= 200; n++) await ask(n, true)
    const before = searches()
    await ask(200)
    expect(searches()).toBe(before)
    await ask(0)
    expect(searches()).toBe(before + 1)
  })
})
