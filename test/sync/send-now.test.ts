import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenRule, RuleDraft } from '../../lib/dialogue/open-rule.ts'
import { ruleOf } from '../../lib/store/rules.ts'
import { hold, resume, retry, saveRule, sendNow, sendToSeveral, startRule } from '../../lib/sync/rule-life.ts'
import { holdOf } from '../../lib/sync/rule-limits.ts'
import { drop } from '../../lib/sync/take-back.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'
import { BIOLOGY, HOUR, had, run, welcome } from './two-teachers.ts'

const QUIET = 3 * HOUR

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator({ students: 12 })
  tara = await computerOf(simulator, 'teacher1')
})

afterEach(() => simulator.close())

/** From this hour on, for three. */
async function quiet(): Promise<void> {
  const fromMinute = new Date(simulator.clock.milliseconds()).getHours() * 60
  const quietHours = { fromMinute, toMinute: (fromMinute + QUIET / 60) % 1440 }
  await tara.store.accounts.update(tara.accountId, { quietHours })
}

async function later(seconds: number): Promise<void> {
  simulator.clock.advance(seconds)
  await run(tara)
}

async function toSeveral(sendAt?: number): Promise<OpenRule> {
  const putOff = sendAt === undefined ? {} : { sendAt }
  const draft = tara.draft('Hello all', { subject: 'Trip', ...putOff })
  const ask = { draft, userIds: [5, 6, 7], courseId: BIOLOGY, undoSeconds: 0 }
  return had(await sendToSeveral(tara.world, await tara.account(), ask))
}

async function begin(change: Partial<RuleDraft> = {}): Promise<OpenRule> {
  const account = await tara.account()
  const rule = await saveRule(tara.world, account, welcome(account.id, change))
  if (!rule) throw new Error('not saved')
  return had(await startRule(tara.world, account, rule, 0))
}

const say = async ({ id }: OpenRule) => sendNow(tara.world, await tara.account(), id)
const ruleNow = ({ id }: OpenRule) => ruleOf(tara.store, tara.accountId, id)
const holdNow = async (of: OpenRule) => {
  const rule = await ruleNow(of)
  return rule && (await holdOf(tara.world, await tara.account(), rule))
}
const copies = ({ id }: OpenRule) =>
  [...simulator.school.messages.values()].filter(({ text }) => text.includes(`rule=${id}`)).length

describe('“Send now” in quiet hours', () => {
  it('sends a message to several at once, as it does one to a single person', async () => {
    await quiet()
    const rule = await toSeveral()
    await later(60)
    expect([copies(rule), (await holdNow(rule))?.kind]).toEqual([0, 'quiet-hours'])
    await say(rule)
    expect(await holdNow(rule)).toBeUndefined()
    await later(1)
    expect(copies(rule)).toBe(3)
    expect(await ruleOf(tara.store, tara.accountId, rule.id)).toMatchObject({ state: 'finished' })
  })

  it('sends one that was put off, whatever its time', async () => {
    await quiet()
    const rule = await toSeveral(simulator.clock.now() + 24 * HOUR)
    await later(60)
    await say(rule)
    await later(1)
    expect(copies(rule)).toBe(3)
  })

  it('sends what had been planned before they began', async () => {
    const before = await tara.write(tara.draft('By hand', { to: { id: 5, fullName: 'Anna' } }))
    if (!('entry' in before)) throw new Error('not written')
    const { key } = before.entry
    const notBeforeMs = simulator.clock.milliseconds() + HOUR * 1000
    await tara.store.outbox.update([tara.accountId, key], { notBeforeMs })
    const rule = await begin()
    await later(1)
    await drop(tara.world, await tara.account(), key)
    await quiet()
    await later(60)
    expect([copies(rule), await tara.store.outbox.count()]).toEqual([11, 1])
    await say(rule)
    await tara.engine.flush(tara.accountId)
    expect(copies(rule)).toBe(12)
  })

  it('lets out a rule’s people whose turn it is, and whoever joins later waits again', async () => {
    await quiet()
    const rule = await begin()
    await later(60)
    await say(rule)
    await later(1)
    expect(copies(rule)).toBe(12)
    simulator.enrol(BIOLOGY, simulator.addPerson('lena', 'Lena', 'Late').id)
    await later(HOUR + 60)
    expect([copies(rule), (await holdNow(rule))?.kind]).toEqual([12, 'quiet-hours'])
    await later(QUIET)
    expect(copies(rule)).toBe(13)
  })

  it('does not outlast a pause', async () => {
    await quiet()
    const rule = await begin()
    await say(rule)
    await hold(tara.world, await tara.account(), rule.id, { kind: 'pause' })
    await resume(tara.world, await tara.account(), rule.id)
    await later(60)
    expect(copies(rule)).toBe(0)
  })

  it('outlasts an edit of the words, which those get whose turn it is', async () => {
    await quiet()
    const rule = await begin()
    await say(rule)
    const { secret: _, state: _s, timeCreated: _t, timeChanged: _c, ...draft } = rule
    await saveRule(tara.world, await tara.account(), { ...draft, text: 'Other words' })
    await later(1)
    expect(copies(rule)).toBe(12)
    expect([...simulator.school.messages.values()].at(-1)?.text).toContain('Other words')
  })

  it('is said again for those who are tried again', async () => {
    await quiet()
    simulator.user(6).deleted = true
    const rule = await begin({ audience: { kind: 'people', userIds: [5, 6] } })
    await say(rule)
    await later(1)
    simulator.user(6).deleted = false
    await retry(tara.world, await tara.account(), (await ruleNow(rule)) ?? rule)
    await later(60)
    expect([copies(rule), (await holdNow(rule))?.kind]).toEqual([1, 'quiet-hours'])
    await say(rule)
    await later(1)
    expect(copies(rule)).toBe(2)
  })

  it('sends nothing of another rule', async () => {
    await quiet()
    const [rule, other] = [await toSeveral(), await begin()]
    await say(rule)
    await later(60)
    expect([copies(rule), copies(other)]).toEqual([3, 0])
  })
})
