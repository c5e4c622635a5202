import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenRule, RuleDraft } from '../../lib/dialogue/open-rule.ts'
import { STUDENT } from '../../lib/dialogue/roster.ts'
import { LEASE_SECONDS } from '../../lib/dialogue/tenure.ts'
import { rulePeopleAfter } from '../../lib/store/rule-people.ts'
import { ruleOf } from '../../lib/store/rules.ts'
import { adopt, askColleague, colleaguesRules, release, share } from '../../lib/sync/hand-over.ts'
import { hold, resume, saveRule, settlePeople, startRule } from '../../lib/sync/rule-life.ts'
import { previewRule } from '../../lib/sync/rule-preview.ts'
import { isShared } from '../../lib/sync/shared-rule.ts'
import { withConnection } from '../../lib/sync/way.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

const BIOLOGY = 2
const HOUR = 3600
const TARA = 3
const TOM = 4
const SENTENCE = 'Tara Teacher shares a rule.'
const READABLE = { sentence: 'Tom Tutor asks to pause a rule.', title: 'Welcome' }

let simulator: Simulator
let tara: Computer
let tom: Computer

beforeEach(async () => {
  simulator = await startSimulator({ students: 6 })
  tara = await computerOf(simulator, 'teacher1')
  tom = await computerOf(simulator, 'teacher2')
})

afterEach(() => simulator.close())

/** What was asked for, and no trouble instead. */
function had<T extends object>(answer: T): Exclude<T, { mender: unknown }> {
  if ('mender' in answer) throw new Error(JSON.stringify(answer))
  return answer as Exclude<T, { mender: unknown }>
}

async function draft(change: Partial<RuleDraft> = {}, computer = tara): Promise<OpenRule> {
  const account = await computer.account()
  const rule = await saveRule(computer.world, account, {
    accountId: account.id,
    courseId: BIOLOGY,
    audience: { kind: 'course', courseId: BIOLOGY, roleIds: [STUDENT] },
    subject: 'Welcome',
    text: 'Good to have you here.',
    repliesExpected: true,
    future: {},
    ...change,
  })
  if (!rule) throw new Error('not saved')
  return rule
}

async function shared(change: Partial<RuleDraft> = {}): Promise<OpenRule> {
  const account = await tara.account()
  const rule = had(await share(tara.world, account, await draft(change), SENTENCE))
  return had(await startRule(tara.world, account, rule, 0))
}

async function run(computer: Computer): Promise<void> {
  await computer.engine.rules(computer.accountId)
  await computer.engine.flush(computer.accountId)
}

async function later(seconds: number, ...computers: Computer[]): Promise<void> {
  simulator.clock.advance(seconds)
  for (const computer of computers) await run(computer)
}

const at = (computer: Computer, { id }: OpenRule) => ruleOf(computer.store, computer.accountId, id)

async function sharedAt(computer: Computer, rule: OpenRule) {
  const there = await at(computer, rule)
  if (!there || !isShared(there)) throw new Error('not shared')
  return there
}

/** Who got the rule's message from whom. */
function reached({ id }: OpenRule): [from: number, to: number][] {
  return [...simulator.school.messages.values()]
    .filter(({ text }) => text.includes(`rule=${id}`))
    .map(({ useridfrom, conversationid }): [number, number] => {
      const members = simulator.school.conversations.get(conversationid)?.members ?? new Set()
      return [useridfrom, [...members].find((member) => member !== useridfrom) ?? 0]
    })
    .sort(([, a], [, b]) => a - b)
}

const from = (who: number, ids: number[]) => ids.map((id) => [who, id])
const STUDENTS = [5, 6, 7, 8, 9, 10]
const notes = () => [...simulator.school.notes.values()]

function join(name: string): number {
  const { id } = simulator.addPerson(name, name, 'Late')
  simulator.enrol(BIOLOGY, id)
  return id
}

const letGo = async (rule: OpenRule) => release(tara.world, await tara.account(), await sharedAt(tara, rule))
const adoptAt = async (computer: Computer, { id: ruleId }: OpenRule) =>
  adopt(computer.world, await computer.account(), { courseId: BIOLOGY, ruleId }, SENTENCE)

async function preview(computer: Computer, rule: OpenRule) {
  let shown: Awaited<ReturnType<typeof previewRule>> | undefined
  await withConnection(computer.world, computer.accountId, async (connection, account) => {
    shown = await previewRule(computer.world, connection, account, rule)
  })
  return shown
}

async function takeOver(rule: OpenRule, computer = tom): Promise<OpenRule> {
  const adopted = had(await adoptAt(computer, rule))
  await preview(computer, adopted)
  const account = await computer.account()
  if (adopted.state === 'paused') return (await resume(computer.world, account, rule.id)) ?? adopted
  return had(await startRule(computer.world, account, adopted, 0))
}

const ask = async (rule: OpenRule, does: 'pause' | 'end') =>
  askColleague(tom.world, await tom.account(), { courseId: BIOLOGY, ruleId: rule.id, does }, READABLE)

async function people(computer: Computer, { id: ruleId }: OpenRule, standing: 'unknown' | 'delivered') {
  const found = await rulePeopleAfter(computer.store, {
    accountId: computer.accountId,
    ruleId,
    standing,
    limit: 100,
  })
  return found.map(({ userId }) => userId)
}

describe('a rule that is shared', () => {
  it('stands in one note about its author, whose words name no student', async () => {
    const rule = await shared()
    await run(tara)
    expect(reached(rule)).toEqual(from(TARA, STUDENTS))
    expect(notes()).toMatchObject([
      { userid: TARA, usermodified: TARA, publishstate: 'public', courseid: BIOLOGY },
    ])
    for (const { content } of notes()) expect(content).not.toMatch(/Student|Number/)
  })

  it('does not tell its secret', async () => {
    const rule = await shared()
    await run(tara)
    for (const { content } of notes()) {
      const letters = /aside-rule=([\w-]+)/.exec(content)?.[1] ?? ''
      expect(atob(letters.replaceAll('-', '+').replaceAll('_', '/'))).not.toContain(rule.secret)
    }
  })

  it('is seen by a colleague, with whom it has reached before they leave', async () => {
    const rule = await shared()
    await run(tara)
    const [seen] = had(await colleaguesRules(tom.world, await tom.account(), BIOLOGY))
    expect(seen).toMatchObject({
      ruleId: rule.id,
      owner: { id: TARA, fullName: expect.stringContaining('Tara') },
      tenure: 'held',
      mayTakeOver: false,
    })
    expect(had(await colleaguesRules(tara.world, await tara.account(), BIOLOGY))).toEqual([])
  })

  it('says whom it will reach before the first message leaves', async () => {
    await shared()
    await run(tara)
    const order = simulator.requests.all().flatMap(({ functions }) => functions)
    const first = order.indexOf('core_message_send_instant_messages')
    expect(order.slice(0, first).filter((name) => name === 'core_notes_create_notes').length).toBeGreaterThan(
      1,
    )
  })

  it('is one for a course, and not a message to some people', async () => {
    const rule = await draft({ audience: { kind: 'people', userIds: [5, 6] } })
    expect(await share(tara.world, await tara.account(), rule, SENTENCE)).toMatchObject({
      kind: 'not-permitted',
    })
    expect(notes()).toEqual([])
  })

  it('sends nothing where its notes are out of reach, and says why', async () => {
    const rule = await shared()
    simulator.school.settings.enablenotes = false
    await run(tara)
    expect(reached(rule)).toEqual([])
    expect(await at(tara, rule)).toMatchObject({ state: 'paused', trouble: {} })
  })

  it('tells within the hour whom it has reached, and asks the notes once an hour from then on', async () => {
    await shared()
    await run(tara)
    await later(HOUR, tara)
    const [seen] = had(await colleaguesRules(tom.world, await tom.account(), BIOLOGY))
    expect(seen).toMatchObject({ reached: STUDENTS.length })
    simulator.requests.clear()
    await later(HOUR, tara)
    const asked = simulator.requests.all().flatMap(({ functions }) => functions)
    expect(asked.filter((name) => name.startsWith('core_notes'))).toEqual(['core_notes_get_course_notes'])
  })
})

describe('a colleague', () => {
  it('pauses it; its owner may go on, and the same note pauses it no more', async () => {
    const rule = await shared()
    await run(tara)
    await ask(rule, 'pause')
    const late = join('lena')
    await later(HOUR, tara)
    expect(await at(tara, rule)).toMatchObject({ state: 'paused', trouble: { kind: 'taken-over' } })
    expect(reached(rule)).toEqual(from(TARA, STUDENTS))
    await resume(tara.world, await tara.account(), rule.id)
    await later(HOUR, tara)
    expect(reached(rule)).toEqual(from(TARA, [...STUDENTS, late]))
  })

  it('ends it, and nobody takes it over then', async () => {
    const rule = await shared()
    await run(tara)
    await ask(rule, 'end')
    await later(HOUR, tara)
    expect(await at(tara, rule)).toMatchObject({ state: 'cancelled' })
    expect(await adoptAt(tom, rule)).toMatchObject({ kind: 'taken-over' })
    await later(LEASE_SECONDS + 1)
    expect(await adoptAt(tom, rule)).toMatchObject({ kind: 'taken-over' })
  })

  it('cannot take it over while its owner holds it', async () => {
    const rule = await shared()
    await run(tara)
    expect(await adoptAt(tom, rule)).toMatchObject({ kind: 'taken-over' })
  })

  it('cannot speak for its owner: a note about somebody else counts for nothing', async () => {
    const rule = await shared()
    await run(tara)
    const [note] = notes()
    if (!note) throw new Error('no note')
    const released = { ...note, id: note.id + 1, usermodified: TOM, content: note.content }
    simulator.school.notes.set(released.id, released)
    await later(HOUR, tara)
    expect(await at(tara, rule)).toMatchObject({ state: 'active' })
  })

  it('who claims a later term stops it, and sends nothing by that', async () => {
    const rule = await shared()
    await run(tara)
    await letGo(rule)
    await takeOver(rule)
    await run(tom)
    await resume(tara.world, await tara.account(), rule.id)
    join('lena')
    await later(HOUR, tara)
    expect(await at(tara, rule)).toMatchObject({ state: 'paused', trouble: { kind: 'taken-over' } })
    expect(reached(rule)).toEqual(from(TARA, STUDENTS))
  })
})

describe('a rule that is released', () => {
  it('is taken over by preview and a click, and reaches only who joins later', async () => {
    const rule = await shared()
    await run(tara)
    await letGo(rule)
    const adopted = had(await adoptAt(tom, rule))
    expect(adopted).toMatchObject({ state: 'draft', subject: 'Welcome' })
    expect(adopted.secret).not.toBe(rule.secret)
    await later(HOUR, tom)
    expect(await preview(tom, adopted)).toMatchObject({ willGetIt: 0 })
    const late = join('lena')
    had(await startRule(tom.world, await tom.account(), adopted, 0))
    await later(HOUR, tara, tom)
    await later(HOUR, tara, tom)
    expect(reached(rule)).toEqual([...from(TARA, STUDENTS), [TOM, late]])
  })

  it('goes back to its first owner, who knows whom the other has reached', async () => {
    const rule = await shared()
    await run(tara)
    await letGo(rule)
    await takeOver(rule)
    const [lena] = [join('lena')]
    await later(HOUR, tom)
    await release(tom.world, await tom.account(), await sharedAt(tom, rule))
    await takeOver(rule, tara)
    const max = join('max')
    await later(HOUR, tara, tom)
    await later(HOUR, tom, tara)
    expect(reached(rule)).toEqual([...from(TARA, STUDENTS), [TOM, lena], [TARA, max]])
  })

  it('goes on with its owner after all where nobody took it over', async () => {
    const rule = await shared()
    await letGo(rule)
    await resume(tara.world, await tara.account(), rule.id)
    await later(HOUR, tara)
    expect(reached(rule)).toEqual(from(TARA, STUDENTS))
  })

  it('is not taken over where another was faster', async () => {
    const rule = await shared()
    await run(tara)
    await letGo(rule)
    const adopted = had(await adoptAt(tom, rule))
    await preview(tom, adopted)
    await resume(tara.world, await tara.account(), rule.id)
    await run(tara)
    had(await startRule(tom.world, await tom.account(), adopted, 0))
    const late = join('lena')
    await later(HOUR, tom, tara)
    expect(await at(tom, rule)).toMatchObject({ state: 'paused', trouble: { kind: 'taken-over' } })
    expect(reached(rule)).toEqual(from(TARA, [...STUDENTS, late]))
  })
})

describe('a lease that ran out', () => {
  it('frees it; whom its owner had claimed but perhaps not reached the other is asked about', async () => {
    const rule = await shared()
    simulator.faults.add({ kind: 'answerLost', match: { function: 'core_message_send_instant_messages' } })
    await run(tara)
    simulator.faults.clear()
    await later(LEASE_SECONDS + 1)
    await takeOver(rule)
    await run(tom)
    expect(reached(rule).filter(([who]) => who === TOM)).toEqual([])
    expect(await people(tom, rule, 'unknown')).toEqual(STUDENTS)
  })

  it('renews itself while its owner is there', async () => {
    const rule = await shared()
    await run(tara)
    await later(LEASE_SECONDS * 0.6, tara)
    await later(LEASE_SECONDS * 0.6, tara)
    expect(await adoptAt(tom, rule)).toMatchObject({ kind: 'taken-over' })
    expect(notes()).toHaveLength(1)
  })

  it('lets nobody get it twice, though both were away and come back at once', async () => {
    const rule = await shared()
    await run(tara)
    await later(LEASE_SECONDS + 1)
    await takeOver(rule)
    const late = join('lena')
    simulator.clock.advance(HOUR)
    await Promise.all([run(tara), run(tom)])
    await later(HOUR, tara, tom)
    await later(HOUR, tom, tara)
    const to = reached(rule).map(([, id]) => id)
    expect(new Set(to).size).toBe(to.length)
    expect([...STUDENTS, late]).toEqual(expect.arrayContaining(to))
    expect(to).toEqual(expect.arrayContaining(STUDENTS))
  })
})

describe('whom nobody can prove', () => {
  it('the person settles, and then they get it once', async () => {
    const rule = await shared()
    simulator.faults.add({ kind: 'offline', match: { function: 'core_message_send_instant_messages' } })
    await run(tara)
    simulator.faults.clear()
    await later(LEASE_SECONDS + 1)
    const taken = await takeOver(rule)
    await run(tom)
    expect(reached(rule)).toEqual([])
    await settlePeople(tom.world, await tom.account(), taken, [5, 6], false)
    await settlePeople(tom.world, await tom.account(), taken, [7], true)
    await later(HOUR, tom)
    await later(HOUR, tom)
    expect(reached(rule)).toEqual(from(TOM, [5, 6]))
  })
})

describe('its end', () => {
  it('is told to colleagues when its owner cancels it', async () => {
    const rule = await shared()
    await run(tara)
    await hold(tara.world, await tara.account(), rule.id, { kind: 'cancel' })
    await run(tara)
    const [seen] = had(await colleaguesRules(tom.world, await tom.account(), BIOLOGY))
    expect(seen).toMatchObject({ tenure: 'ended', mayTakeOver: false })
  })

  it('is told when nobody is left', async () => {
    await shared({ future: undefined } as never)
    await run(tara)
    await later(HOUR, tara)
    const [seen] = had(await colleaguesRules(tom.world, await tom.account(), BIOLOGY))
    expect(seen).toMatchObject({ tenure: 'ended', reached: STUDENTS.length })
  })
})
