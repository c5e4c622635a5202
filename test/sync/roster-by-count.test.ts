import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenRule, RuleDraft } from '../../lib/dialogue/open-rule.ts'
import { saveRule, startRule } from '../../lib/sync/rule-life.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'
import { readerOf } from './roster-reader.ts'
import { BIOLOGY, welcome } from './two-teachers.ts'

const LAB_GROUP = 1
const HOUR = 3600

let simulator: Simulator

beforeEach(async () => {
  simulator = await startSimulator({ students: 12 })
})

afterEach(() => simulator.close())

function join(name: string): number {
  const { id } = simulator.addPerson(name, name, 'Late')
  simulator.enrol(BIOLOGY, id)
  return id
}

const asked = () => simulator.requests.all().flatMap(({ functions }) => functions)

/* The arrows of the diagram in lib/sync/roster.ts. */
describe.each(['session', 'rest'] as const)('a roster over the %s transport', (kind) => {
  const open = async () => {
    const { read } = await readerOf(simulator, kind, 'teacher1')
    const first = await read()
    simulator.requests.clear()
    return { read, first }
  }

  it('is counted where it is old: one small request says that nothing changed', async () => {
    const { read, first } = await open()
    simulator.clock.advance(HOUR)
    expect((await read({ byCount: true })).timeRead).toBe(first.timeRead)
    expect(simulator.requests.all()).toHaveLength(1)
    expect(asked()).toHaveLength(1)
    await read({ byCount: true })
    expect(simulator.requests.all()).toHaveLength(1)
    simulator.clock.advance(HOUR)
    await read({ byCount: true })
    expect(simulator.requests.all()).toHaveLength(2)
  })

  it('is read anew where the count is another', async () => {
    const { read } = await open()
    const late = join('lena')
    simulator.clock.advance(HOUR)
    expect((await read({ byCount: true })).people.map(({ userId }) => userId)).toContain(late)
  })

  it('is read anew after four hours, though one left and one joined', async () => {
    const { read } = await open()
    simulator.unenrol(BIOLOGY, 16)
    const late = join('lena')
    const ids = async () => (await read({ byCount: true })).people.map(({ userId }) => userId)
    for (let hours = 1; hours < 4; hours++) {
      simulator.clock.advance(HOUR)
      expect(await ids()).not.toContain(late)
    }
    simulator.clock.advance(HOUR)
    expect(await ids()).toContain(late)
  })

  it('is read anew for whoever does not say that a count will do', async () => {
    const { read, first } = await open()
    simulator.clock.advance(HOUR)
    expect((await read()).timeRead).toBeGreaterThan(first.timeRead)
  })
})

describe('a rule', () => {
  let tara: Computer

  beforeEach(async () => {
    tara = await computerOf(simulator, 'teacher1')
  })

  async function begin(change: Partial<RuleDraft> = {}): Promise<OpenRule> {
    const account = await tara.account()
    const rule = await saveRule(tara.world, account, welcome(account.id, change))
    const started = rule && (await startRule(tara.world, account, rule, 0))
    if (!started || !('id' in started)) throw new Error('not started')
    await run()
    return started
  }

  async function run(): Promise<void> {
    await tara.engine.rules(tara.accountId)
    await tara.engine.flush(tara.accountId)
  }

  async function later(seconds: number): Promise<string[]> {
    simulator.clock.advance(seconds)
    simulator.requests.clear()
    await run()
    return asked()
  }

  const copies = () => [...simulator.school.messages.values()].filter(({ text }) => text.includes('rule='))

  it('that waits for people to join asks how many there are, and reaches who joined', async () => {
    await begin()
    expect(await later(HOUR)).toEqual(['core_enrol_get_users_courses'])
    join('lena')
    expect(await later(HOUR)).toContain('core_enrol_get_enrolled_users')
    expect(copies()).toHaveLength(13)
  })

  it('of two in one course the second asks nothing more', async () => {
    await begin()
    await begin({ subject: 'First week' })
    expect(await later(HOUR)).toEqual(['core_enrol_get_users_courses'])
  })

  it('reaches within four hours whoever came for somebody else', async () => {
    await begin()
    simulator.unenrol(BIOLOGY, 16)
    join('lena')
    for (let hours = 0; hours < 4; hours++) await later(HOUR)
    expect(copies()).toHaveLength(13)
  })

  it.each<[string, Partial<RuleDraft>]>([
    ['a group', { audience: { kind: 'course', courseId: BIOLOGY, groupIds: [LAB_GROUP] } }],
    [
      'who is in no group',
      { audience: { kind: 'course', courseId: BIOLOGY, condition: { kind: 'in-no-group' } } },
    ],
  ])('for %s reads the course: the number of its people says nothing of that', async (_, change) => {
    await begin(change)
    expect(await later(HOUR)).toContain('core_enrol_get_enrolled_users')
  })

  it('that still has people to write to reads the course before it does', async () => {
    tara.world.dailyCap = async () => 4
    await begin()
    simulator.unenrol(BIOLOGY, 16)
    join('lena')
    tara.world.dailyCap = async () => 100
    expect(await later(HOUR)).toContain('core_enrol_get_enrolled_users')
    expect(simulator.messagesBetween('teacher1', 16)).toEqual([])
    expect(copies()).toHaveLength(12)
  })
})
