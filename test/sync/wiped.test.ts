import { afterEach, beforeEach, expect, it } from 'vitest'
import { forgetCached, removeAccount } from '../../lib/store/accounts.ts'
import { ACCOUNT_TABLES } from '../../lib/store/db.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { courseTeachers } from '../../lib/sync/course-teachers.ts'
import { pagePeople } from '../../lib/sync/page-people.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator()
  tara = await computerOf(simulator, 'teacher1')
})

afterEach(() => simulator.close())

async function rows(): Promise<number> {
  const counts = await Promise.all(
    [...ACCOUNT_TABLES, 'sync'].map((table) => tara.store.table(table).count()),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

/** The answer is on its way when everything is taken away. */
async function whileAsking(take: () => Promise<void>): Promise<void> {
  simulator.faults.add({ kind: 'latency', ms: 150 })
  const round = tara.engine.round(tara.accountId)
  await expect.poll(() => simulator.requests.all().length).toBe(0)
  await take()
  await round
}

it('what another’s login wiped does not come back with an answer that was under way', async () => {
  await whileAsking(() => forgetCached(tara.store, tara.accountId))
  expect(await rows()).toBe(0)
})

it('a removed account leaves no row when an answer was under way', async () => {
  await whileAsking(() => removeAccount(tara.store, tara.accountId))
  expect(await rows()).toBe(0)
  expect(await tara.store.accounts.count()).toBe(0)
})

it('a removed account leaves no row when a message was under way', async () => {
  await tara.write(tara.draft('Words', { to: { id: 5, fullName: 'Student Number1' } }))
  simulator.faults.add({ kind: 'latency', ms: 150 })
  const flushing = tara.engine.flush(tara.accountId)
  await expect.poll(async () => (await tara.store.outbox.toArray())[0]?.state).toBe('sending')
  await removeAccount(tara.store, tara.accountId)
  await flushing
  expect(await rows()).toBe(0)
})

it.each([
  ['people', (row: AccountRow) => pagePeople(tara.world, row, { personIds: [5, 6], courseId: 2 })],
  ['teachers', (row: AccountRow) => courseTeachers(tara.world, row, 2)],
] as const)('a removed account leaves no row when a page had asked for its %s', async (_, asking) => {
  const account = await tara.account()
  simulator.faults.add({ kind: 'latency', ms: 150 })
  const asked = asking(account).catch(() => undefined)
  await expect.poll(() => simulator.requests.all().length).toBe(0)
  await removeAccount(tara.store, tara.accountId)
  await asked
  expect(await rows()).toBe(0)
})
