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

  it('is compared where it is old: one small request says that nobody came or went', async () => {
    const { read, first } = await open()
    simulator.clock.advance(HOUR)
    expect((await read({ ifSame: true })).timeRead).toBe(first.timeRead)
    expect(simulator.requests.all()).toHaveLength(1)
    expect(asked()).toHaveLength(1)
    await read({ ifSame: true })
    expect(simulator.requests.all()).toHaveLength(1)
    simulator.clock.advance(HOUR)
    await read({ ifSame: true })
    expect(simulator.requests.all()).toHaveLength(2)
  })

  it('is read anew where somebody joined', async () => {
    const { read } = await open()
    const late = join('lena')
    simulator.clock.advance(HOUR)
    expect((await read({ ifSame: true })).people.map(({ userId }) => userId)).toContain(late)
  })

  it('is read anew where one left and one joined, so that they are as many as before', async () => {
    const { read } = await open()
    simulator.unenrol(BIOLOGY, 16)
    const late = join('lena')
    simulator.clock.advance(HOUR)
    const ids = (await read({ ifSame: true })).people.map(({ userId }) => userId)
    expect([ids.includes(late), ids.includes(16)]).toEqual([true, false])
  })

  it('is read anew where somebody may come back who was suspended', async () => {
    simulator.suspendEnrolment(BIOLOGY, 16)
    const { read } = await open()
    simulator.suspendEnrolment(BIOLOGY, 16, false)
    simulator.clock.advance(HOUR)
    const { people } = await read({ ifSame: true })
    expect(people.find(({ userId }) => userId === 16)?.isSuspended).toBe(false)
  })

  it('is read anew after four hours anyhow: somebody may have another role', async () => {
    const { read, first } = await open()
    for (let hours = 1; hours < 4; hours++) {
      simulator.clock.advance(HOUR)
      expect((await read({ ifSame: true })).timeRead).toBe(first.timeRead)
    }
    simulator.clock.advance(HOUR)
    expect((await read({ ifSame: true })).timeRead).toBeGreaterThan(first.timeRead)
  })

  it('is read anew for whoever does not say that the same people will do', async () => {
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

  it('that waits for people to join asks who is there, and reaches who joined', async () => {
    await begin()
    expect(await later(HOUR)).toEqual(['core_enrol_get_enrolled_users'])
    join('lena')
    expect(await later(HOUR)).toContain('core_group_get_course_groups')
    expect(copies()).toHaveLength(13)
  })

  it('of two in one course the second asks nothing more', async () => {
    await begin()
    await begin({ subject: 'First week' })
    expect(await later(HOUR)).toEqual(['core_enrol_get_enrolled_users'])
  })

  it('reaches within the hour whoever came for somebody else', async () => {
    await begin()
    simulator.unenrol(BIOLOGY, 16)
    join('lena')
    await later(HOUR)
    expect(copies()).toHaveLength(13)
  })

  it('reaches within the hour of joining, though another looked at the course in between', async () => {
    await begin()
    simulator.clock.advance(HOUR / 2)
    await begin({ subject: 'First week' })
    join('lena')
    await later(HOUR / 2)
    await later(HOUR / 2)
    expect(copies()).toHaveLength(26)
  })

  it.each<[string, Partial<RuleDraft>]>([
    ['a group', { audience: { kind: 'course', courseId: BIOLOGY, groupIds: [LAB_GROUP] } }],
    [
      'who is in no group',
      { audience: { kind: 'course', courseId: BIOLOGY, condition: { kind: 'in-no-group' } } },
    ],
  ])('for %s reads the course: who is in it says nothing of that', async (_, change) => {
    await begin(change)
    expect(await later(HOUR)).toContain('core_group_get_course_groups')
  })

  it('that still has people to write to reads the course before it does', async () => {
    tara.world.dailyCap = async () => 4
    await begin()
    simulator.unenrol(BIOLOGY, 16)
    join('lena')
    tara.world.dailyCap = async () => 100
    expect(await later(HOUR)).toContain('core_group_get_course_groups')
    expect(simulator.messagesBetween('teacher1', 16)).toEqual([])
    expect(copies()).toHaveLength(12)
  })
})
