import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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

it('a conversation that was empty when it was looked at has a past once more is said than one page holds', async () => {
  for (const { id } of simulator.messagesBetween('teacher1', 'student1'))
    simulator.school.messages.get(id)?.deleted.add(3)
  await pull()
  expect(await held()).toEqual([])
  answers(60)
  await pull()
  for (let pages = 0; pages < 3; pages++) await tara.engine.older(tara.accountId, 'u5')
  expect(await held()).toHaveLength(60)
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

/** A rule, or a script, says many things in one second; Moodle sorts by nothing finer. */
function burst(count: number): void {
  simulator.clock.freeze()
  for (let n = 0; n < count; n++)
    simulator.say({ from: 'student1', to: 'teacher1', text: `<p>At once ${n}</p>` })
  simulator.clock.unfreeze()
}

async function readBack(): Promise<void> {
  for (let pages = 0; pages < 8; pages++) await tara.engine.older(tara.accountId, 'u5')
}

/** What the panel shows when a reader has scrolled back so far. */
const stretch = async (from: number, to: number) => {
  const ids = await held()
  return { fromId: ids.at(from) ?? 0, toId: ids.at(to) ?? 0 }
}

describe('what was deleted elsewhere, deeper than the newest page,', () => {
  const deleteThere = (id: number) => simulator.school.messages.get(id)?.deleted.add(3)
  const lookAgain = async (from: number, to: number) =>
    tara.engine.lookAgain(tara.accountId, 'u5', await stretch(from, to))

  it('goes when that stretch is looked at, by one request', async () => {
    answers(150)
    await pull()
    await readBack()
    const before = await held()
    for (const at of [-80, -71, -60]) deleteThere(before.at(at) ?? 0)
    const asked = simulator.requests.all().length
    await lookAgain(-90, -50)
    expect(simulator.requests.all().length - asked).toBe(1)
    const gone = new Set([-80, -71, -60].map((at) => before.at(at)))
    expect(await held()).toEqual(before.filter((id) => !gone.has(id)))
  })

  it('leaves everything where nothing was deleted, however a second is cut', async () => {
    answers(30)
    burst(60)
    answers(60)
    await pull()
    await readBack()
    const before = await held()
    for (const [from, to] of [
      [-100, -61],
      [-140, -101],
      [-75, -40],
    ] as const)
      await lookAgain(from, to)
    expect(await held()).toEqual(before)
  })

  it('takes nothing away that was read although more was deleted before it', async () => {
    answers(150)
    await pull()
    await readBack()
    const before = await held()
    const gone = before.slice(-60, -40)
    for (const id of gone) deleteThere(id)
    await lookAgain(-110, -70)
    expect((await held()).filter((id) => !gone.includes(id))).toEqual(
      before.filter((id) => !gone.includes(id)),
    )
  })
})

describe.each([
  ['as recorded', false],
  ['another way with each page', true],
] as const)('where a second is sorted %s', (_, anyhow) => {
  beforeEach(() => simulator.setTiesAnyhow(anyhow))

  it.each([20, 45, 50, 120])('read backwards, none of %i messages of one second is missed', async (count) => {
    answers(3)
    burst(count)
    answers(20)
    await pull()
    await readBack()
    expect(await held()).toEqual(there())
  })

  it('a conversation that begins with one long second is read to its start', async () => {
    burst(70)
    await pull()
    await readBack()
    expect(await held()).toEqual(there())
    expect((await tara.store.conversations.get([tara.accountId, 'u5']))?.complete).toBe(true)
  })

  it.each([10, 24, 29])(
    'what lies beyond the newest page in its oldest second is not taken for deleted (%i)',
    async (later) => {
      burst(25)
      await pull()
      answers(later)
      await pull()
      expect(await held()).toEqual(there())
    },
  )

  it.each([25, 60, 130])(
    'a gap in which %i messages have one second closes without a loss',
    async (count) => {
      answers(40)
      await pull()
      await readBack()
      answers(4)
      burst(count)
      answers(26)
      await pull()
      expect(await held()).toEqual(there())
    },
  )
})
