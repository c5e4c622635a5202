import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CourseAudience, OpenRule } from '../../lib/dialogue/open-rule.ts'
import { ruleOf } from '../../lib/store/rules.ts'
import { groupingsIn } from '../../lib/sync/groupings.ts'
import { saveRule, startRule } from '../../lib/sync/rule-life.ts'
import { previewRule } from '../../lib/sync/rule-preview.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'
import { type Kind, readerOf } from './roster-reader.ts'

const BIOLOGY = 2
const GROUP_A = 1
const GROUP_B = 2
const TOM = 4
const HOUR = 3600

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator({ students: 24 })
  tara = await computerOf(simulator, 'teacher1')
})

afterEach(() => simulator.close())

async function told(kind: Kind, username = 'teacher1') {
  const { read, connection, computer } = await readerOf(simulator, kind, username)
  const roster = await read()
  simulator.requests.clear()
  return groupingsIn(computer.world, connection, await computer.account(), roster)
}

describe('the groupings of a course', () => {
  it('are told over a token with their groups, for a question about one member of each group', async () => {
    const id = simulator.addGrouping(BIOLOGY, 'Labs', [GROUP_B])
    expect(await told('rest')).toEqual([{ id, name: 'Labs', groupIds: [GROUP_B] }])
    const asked = simulator.requests.all().flatMap(({ functions }) => functions)
    expect(asked.filter((name) => name === 'core_group_get_course_user_groups')).toHaveLength(2)
    expect(simulator.requests.all()).toHaveLength(2)
  })

  it('are none where there are none, for one question', async () => {
    expect(await told('rest')).toEqual([])
    expect(simulator.requests.all()).toHaveLength(1)
  })

  it('are not told over a session, nor to whoever does not manage groups', async () => {
    simulator.addGrouping(BIOLOGY, 'Labs', [GROUP_B])
    expect(await told('session')).toBeUndefined()
    expect(simulator.requests.all()).toEqual([])
    expect(await told('rest', 'teacher2')).toBeUndefined()
  })

  it('are told beside a session where there is a token too', async () => {
    simulator.addGrouping(BIOLOGY, 'Labs', [GROUP_A, GROUP_B])
    const { read, connection, computer } = await readerOf(simulator, 'session', 'teacher1')
    const token = await tara.world.connect(await tara.account())
    computer.world.connectByToken = async () => token
    const found = await groupingsIn(computer.world, connection, await computer.account(), await read())
    expect(found).toMatchObject([{ name: 'Labs', groupIds: [GROUP_A, GROUP_B] }])
  })
})

describe('a rule for a grouping', () => {
  async function save(change: Partial<CourseAudience>, computer = tara): Promise<OpenRule> {
    const account = await computer.account()
    const rule = await saveRule(computer.world, account, {
      accountId: account.id,
      courseId: BIOLOGY,
      audience: { kind: 'course', courseId: BIOLOGY, ...change },
      subject: 'To the labs',
      text: 'Goggles.',
      repliesExpected: true,
      future: {},
    })
    if (!rule) throw new Error('not saved')
    return rule
  }

  async function begin(change: Partial<CourseAudience>): Promise<OpenRule> {
    const started = await startRule(tara.world, await tara.account(), await save(change), 0)
    if (!('id' in started)) throw new Error('not started')
    return started
  }

  async function later(seconds: number): Promise<void> {
    simulator.clock.advance(seconds)
    await tara.engine.rules(tara.accountId)
    await tara.engine.flush(tara.accountId)
  }

  const whom = () =>
    [...simulator.school.messages.values()]
      .filter(({ text }) => text.includes('rule='))
      .flatMap(({ conversationid }) => [
        ...(simulator.school.conversations.get(conversationid)?.members ?? []),
      ])
      .filter((id) => id !== 3)
      .toSorted((a, b) => a - b)
  const membersOf = (group: number) =>
    [...(simulator.school.groups.get(group)?.members ?? [])].filter((id) => id !== 3)

  it('reaches those of its groups, and who joins one of them later, each once', async () => {
    const id = simulator.addGrouping(BIOLOGY, 'Labs', [GROUP_B])
    const before = membersOf(GROUP_B)
    await begin({ groupingIds: [id] })
    await later(0)
    expect(whom()).toEqual(before)
    simulator.joinGroup(GROUP_B, TOM)
    await later(HOUR)
    await later(HOUR)
    expect(whom()).toEqual([TOM, ...before])
  })

  it('reaches whoever is in one of the groups beside it too', async () => {
    const id = simulator.addGrouping(BIOLOGY, 'Labs', [GROUP_B])
    await begin({ groupIds: [GROUP_A], groupingIds: [id] })
    await later(0)
    expect(whom()).toEqual([...membersOf(GROUP_A), ...membersOf(GROUP_B)].toSorted((a, b) => a - b))
  })

  it('reaches nobody more when the grouping is gone', async () => {
    const id = simulator.addGrouping(BIOLOGY, 'Labs', [GROUP_B])
    await begin({ groupingIds: [id] })
    await later(0)
    const before = whom()
    simulator.school.groupings.clear()
    simulator.joinGroup(GROUP_B, TOM)
    await later(HOUR)
    expect(whom()).toEqual(before)
  })

  it('sends nothing where the groupings are not told, and its preview says so', async () => {
    const id = simulator.addGrouping(BIOLOGY, 'Labs', [GROUP_B])
    const tom = await computerOf(simulator, 'teacher2')
    const rule = await save({ groupingIds: [id] }, tom)
    const connection = await tom.world.connect(await tom.account())
    if ('mender' in connection) throw new Error('no way')
    const shown = await previewRule(tom.world, connection, await tom.account(), rule)
    expect(shown).toMatchObject({ willGetIt: 0, unknown: ['groupings'] })
    await startRule(tom.world, await tom.account(), rule, 0)
    await tom.engine.rules(tom.accountId)
    expect(whom()).toEqual([])
    expect(await ruleOf(tom.store, tom.accountId, rule.id)).toMatchObject({
      state: 'paused',
      trouble: { kind: 'not-permitted' },
    })
  })
})
