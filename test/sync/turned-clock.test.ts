import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import { createMoodleClient, restTransport } from '../../lib/moodle/index.ts'
import { ruleOf } from '../../lib/store/rules.ts'
import { saveRule, sendToSeveral, startRule } from '../../lib/sync/rule-life.ts'
import { createSiteClock } from '../../lib/sync/site-clock.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'
import { BIOLOGY, HOUR, had, welcome } from './two-teachers.ts'

const DAY = 24 * HOUR
const ANNA = { id: 5, fullName: 'Anna Weber' }

let simulator: Simulator
let written: Computer

beforeEach(async () => {
  simulator = await startSimulator({ students: 12 })
  written = await computerOf(simulator, 'teacher1')
  simulator.requests.clear()
})

afterEach(() => simulator.close())

/** A worker that has just begun, on a computer whose clock is wrong by so much, and that knows of the site's what it is told. */
async function freshWorker(wrong: number): Promise<Computer> {
  const fresh = await written.restart()
  let moved = wrong
  const nowMs = () => simulator.clock.milliseconds() + moved * 1000
  const clock = createSiteClock(nowMs, () => simulator.clock.milliseconds())
  const { wwwroot } = simulator
  const moodle = createMoodleClient(
    restTransport({
      wwwroot,
      wstoken: simulator.tokenOf('teacher1'),
      fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
      onServerTime: (time) => clock.observe(wwwroot, time),
    }),
  )
  Object.assign(fresh.world, {
    nowMs,
    serverTime: clock.serverTime,
    clockOffset: () => clock.offset(wwwroot),
    connect: async () => ({ moodle, way: moodle, lost: async () => undefined }),
  })
  turn = (seconds) => {
    moved += seconds
  }
  return fresh
}

let turn: (seconds: number) => void

async function putOff(): Promise<void> {
  const sendAt = simulator.clock.now() + HOUR
  const entry = await written.write(written.draft('Later', { to: ANNA, subject: 'Essay', sendAt }))
  if (!('entry' in entry)) throw new Error('not written')
}

async function toSeveral(): Promise<OpenRule> {
  const draft = written.draft('Later', { subject: 'Trip', sendAt: simulator.clock.now() + HOUR })
  const ask = { draft, userIds: [5, 6, 7], courseId: BIOLOGY, undoSeconds: 0 }
  return had(await sendToSeveral(written.world, await written.account(), ask))
}

const arrived = () =>
  [...simulator.school.messages.values()].filter(({ text }) => text.includes('Later')).length
const asked = () => simulator.requests.all().flatMap(({ functions }) => functions)

async function run({ engine, accountId }: Computer): Promise<void> {
  await engine.flush(accountId)
  await engine.rules(accountId)
}

describe('a fresh worker on a computer whose clock is wrong', () => {
  it.each([
    ['a day ahead', DAY],
    ['a day behind', -DAY],
    ['right', 0],
  ])('%s: sends what was put off at the site’s time, not before', async (_, wrong) => {
    await putOff()
    await toSeveral()
    await run(await freshWorker(wrong))
    expect(arrived()).toBe(0)
    simulator.clock.advance(HOUR + 1)
    const late = await freshWorker(wrong)
    await late.engine.round(late.accountId)
    await run(late)
    expect(arrived()).toBe(4)
  })

  it('asks the time once, and only where something seems due', async () => {
    await putOff()
    const right = await freshWorker(0)
    await run(right)
    expect(asked()).toEqual([])
    const ahead = await freshWorker(DAY)
    await run(ahead)
    await run(ahead)
    expect(asked()).toEqual(['core_message_get_unread_conversations_count'])
  })

  it('asks nothing more where the site has answered it already', async () => {
    await putOff()
    const ahead = await freshWorker(DAY)
    await ahead.engine.round(ahead.accountId)
    simulator.requests.clear()
    await run(ahead)
    expect([asked(), arrived()]).toEqual([[], 0])
  })

  it('knows from the one before it by how much, and need not ask before the time', async () => {
    await putOff()
    const ahead = await freshWorker(DAY)
    await ahead.engine.round(ahead.accountId)
    expect((await written.account()).clockOffset).toBe(-DAY)
    simulator.requests.clear()
    await run(await freshWorker(DAY))
    expect(asked()).toEqual([])
  })

  it('waits where the site does not answer', async () => {
    await putOff()
    await toSeveral()
    const ahead = await freshWorker(DAY)
    simulator.faults.add({ kind: 'offline' })
    await run(ahead)
    expect(arrived()).toBe(0)
    expect((await written.store.outbox.toArray()).map(({ state }) => state)).toEqual(['written'])
  })

  it('sends what was not put off all the same', async () => {
    await written.write(written.draft('Later is now', { to: ANNA, subject: 'Essay' }))
    await run(await freshWorker(-DAY))
    expect(arrived()).toBe(1)
  })

  it('does not end a rule before its cut-off', async () => {
    const account = await written.account()
    const timeCutOff = simulator.clock.now() + HOUR
    const rule = await saveRule(written.world, account, welcome(account.id, { future: { timeCutOff } }))
    if (!rule) throw new Error('not saved')
    had(await startRule(written.world, account, rule, 0))
    await run(await freshWorker(DAY))
    const now = await ruleOf(written.store, account.id, rule.id)
    expect(now).toMatchObject({ state: 'active' })
    expect(now?.timeRoster).toBeLessThanOrEqual(simulator.clock.now())
  })

  it('asks again where the clock is moved while it lives', async () => {
    await putOff()
    const worker = await freshWorker(0)
    await worker.engine.round(worker.accountId)
    turn(DAY)
    await run(worker)
    expect(arrived()).toBe(0)
    simulator.clock.advance(HOUR + 1)
    await run(worker)
    expect(arrived()).toBe(1)
  })
})
