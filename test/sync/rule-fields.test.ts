import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applyMarkup } from '../../lib/dialogue/apply-markup.ts'
import { dueDateText } from '../../lib/dialogue/due-date.ts'
import type { OpenRule, RuleDraft } from '../../lib/dialogue/open-rule.ts'
import { withSignature } from '../../lib/dialogue/signature.ts'
import { readRulePeople, ruleView } from '../../lib/store/read-rules.ts'
import { ruleOf } from '../../lib/store/rules.ts'
import { rosterOf } from '../../lib/sync/roster.ts'
import { hold, resume, retry, saveRule, sendToSeveral, startRule } from '../../lib/sync/rule-life.ts'
import { previewRule } from '../../lib/sync/rule-preview.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

const BIOLOGY = 2
const ESSAY = 3
const DAY = 86_400
const SEPARATE = 1
const SENDS = 'core_message_send_instant_messages'

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator({ students: 12 })
  tara = await computerOf(simulator, 'teacher1')
  tara.world.language = () => 'en-GB'
})

afterEach(() => simulator.close())

async function save(change: Partial<RuleDraft>, computer = tara): Promise<OpenRule> {
  const account = await computer.account()
  const rule = await saveRule(computer.world, account, {
    accountId: account.id,
    courseId: BIOLOGY,
    audience: { kind: 'course', courseId: BIOLOGY },
    subject: 'Essay',
    text: 'Due {duedate|soon}.',
    repliesExpected: true,
    ...change,
  })
  if (!rule) throw new Error('not saved')
  return rule
}

async function preview(change: Partial<RuleDraft>, computer = tara) {
  const rule = await save(change, computer)
  const connection = await computer.world.connect(await computer.account())
  if ('mender' in connection) throw new Error('no way')
  return previewRule(computer.world, connection, await computer.account(), rule)
}

function essay() {
  const cm = simulator.school.modules.get(ESSAY)
  if (!cm) throw new Error('no assignment')
  return cm
}

const about = () => ({ url: `${simulator.wwwroot}/mod/assign/view.php?id=${ESSAY}`, name: 'Essay 1' })
const sent = () =>
  [...simulator.school.messages.values()].map(({ text }) => text).filter((text) => text.includes('rule='))

describe('a due date', () => {
  it('is written in the language of the teacher, with its zone', () => {
    const time = Date.UTC(2026, 10, 27, 17) / 1000
    expect(dueDateText(time, 'en-GB', 'Europe/Berlin')).toMatch(/^Friday,? 27 November 2026 at 18:00 CET$/)
    expect(dueDateText(time, 'de', 'Europe/Berlin')).toBe('Freitag, 27. November 2026 um 18:00 MEZ')
  })

  it('is filled where the rule is about an assignment', async () => {
    essay().duedate = simulator.clock.now() + 3 * DAY
    const { samples, fields } = await preview({ about: about() })
    expect(samples[0]?.html).toBe(`<p>Due ${dueDateText(essay().duedate ?? 0, 'en-GB')}.</p>`)
    expect(fields).toEqual([])
  })

  it('is filled where an assignment chooses whom it is for', async () => {
    essay().duedate = simulator.clock.now() + 3 * DAY
    const condition = { kind: 'not-submitted' as const, cmid: ESSAY }
    const { samples } = await preview({ audience: { kind: 'course', courseId: BIOLOGY, condition } })
    expect(samples[0]?.html).toBe(`<p>Due ${dueDateText(essay().duedate ?? 0, 'en-GB')}.</p>`)
  })

  it('that nobody knows leaves the fallback, and without one is shown before sending', async () => {
    expect((await preview({ about: about() })).samples[0]?.html).toBe('<p>Due soon.</p>')
    const { fields } = await preview({ about: about(), text: 'Due {duedate}.' })
    expect(fields).toEqual([{ name: 'duedate', unknown: false, emptyFor: 13 }])
    expect((await preview({})).samples[0]?.html).toBe('<p>Due soon.</p>')
  })

  it('is read anew when the words change, and each person gets it as it is when their turn comes', async () => {
    essay().duedate = simulator.clock.now() + 3 * DAY
    const plain = await save({ about: about(), text: 'Hello' })
    const account = await tara.account()
    await startRule(tara.world, account, plain, 3600)
    const { secret: _, state: _s, timeCreated: _t, timeChanged: _c, ...draft } = plain
    await saveRule(tara.world, account, { ...draft, text: 'By {duedate}' })
    simulator.clock.advance(3600)
    await tara.engine.rules(tara.accountId)
    const due = dueDateText(essay().duedate ?? 0, 'en-GB')
    expect(sent().filter((text) => text.includes(`By ${due}`))).toHaveLength(13)
    expect(await ruleOf(tara.store, tara.accountId, plain.id)).toMatchObject({ timeDue: essay().duedate })
  })
})

describe('a finished rule that is edited', () => {
  it('sends nothing before it is started again, and then to whom it has not reached', async () => {
    const account = await tara.account()
    const rule = await save({ audience: { kind: 'people', userIds: [5, 6] } })
    await startRule(tara.world, account, rule, 0)
    await tara.engine.rules(tara.accountId)
    expect(sent()).toHaveLength(2)
    const { secret: _, state: _s, timeCreated: _t, timeChanged: _c, ...draft } = rule
    const edited = await saveRule(tara.world, account, {
      ...draft,
      audience: { kind: 'people', userIds: [5, 6, 7] },
    })
    await tara.engine.rules(tara.accountId)
    expect(sent()).toHaveLength(2)
    const connection = await tara.world.connect(account)
    if ('mender' in connection || !edited) throw new Error('no way')
    expect(edited.state).toBe('paused')
    expect(await previewRule(tara.world, connection, account, edited)).toMatchObject({ willGetIt: 1 })
    await startRule(tara.world, account, edited, 10)
    await tara.engine.rules(tara.accountId)
    expect(sent()).toHaveLength(2)
    simulator.clock.advance(10)
    await tara.engine.rules(tara.accountId)
    expect(sent()).toHaveLength(3)
  })
})

describe('a signature of a course', () => {
  const sign = (text: string, courseId = BIOLOGY) =>
    tara.store.accounts.update(tara.accountId, { signatures: withSignature({}, courseId, text) })

  it('stands under the text in the preview, and counts in its bytes', async () => {
    const before = (await preview({ text: 'Hello' })).longestBytes
    await sign(' Tara\nRoom 5 ')
    const { samples, longestBytes } = await preview({ text: 'Hello' })
    expect(samples[0]?.html).toBe('<p>Hello</p><p>Tara<br>Room 5</p>')
    expect(longestBytes).toBeGreaterThan(before + 'Tara Room 5'.length)
  })

  it('stands in the preview as it is sent: what was made bold is, and what was typed stays typed', async () => {
    await sign('Tara')
    const { text } = applyMarkup('Read **all** now', 13, 16, 'bold')
    const { samples } = await preview({ audience: { kind: 'people', userIds: [5] }, text })
    expect(samples[0]?.html).toBe('<p>Read **all** <strong>now</strong></p><p>Tara</p>')
    await startRule(tara.world, await tara.account(), await save({ text }), 0)
    await tara.engine.rules(tara.accountId)
    expect(sent()[0]).toContain(samples[0]?.html)
  })

  it('is not of other courses, and never there twice', async () => {
    await sign('Tara', 3)
    expect((await preview({ text: 'Hello' })).samples[0]?.html).toBe('<p>Hello</p>')
    await sign('Tara')
    expect((await preview({ text: 'Hello\n\nTara' })).samples[0]?.html).toBe('<p>Hello</p><p>Tara</p>')
  })

  it('is of a rule what it was at its start, for who joins later too, and is shown so', async () => {
    await sign('Tara, room 5')
    const rule = await save({ text: 'Hello', future: {} })
    await startRule(tara.world, await tara.account(), rule, 0)
    await tara.engine.rules(tara.accountId)
    await sign('Tara, room 6')
    simulator.enrol(BIOLOGY, simulator.addPerson('lena', 'Lena', 'Late').id)
    simulator.clock.advance(3600)
    await tara.engine.rules(tara.accountId)
    expect(sent().filter((text) => text.includes('room 5'))).toHaveLength(sent().length)
    expect(sent().length).toBeGreaterThan(1)
    const now = await ruleOf(tara.store, tara.accountId, rule.id)
    expect(now && (await ruleView(tara.store, now)).signature).toBe('Tara, room 5')
  })

  it('is none of a rule that was started without one, and today’s of one that is started again', async () => {
    const rule = await save({ text: 'Hello', future: {} })
    await startRule(tara.world, await tara.account(), rule, 0)
    await sign('Tara, room 6')
    await tara.engine.rules(tara.accountId)
    expect(sent().join()).not.toContain('room 6')
    await hold(tara.world, await tara.account(), rule.id, { kind: 'pause' })
    const paused = await ruleOf(tara.store, tara.accountId, rule.id)
    if (!paused) throw new Error('gone')
    expect(await startRule(tara.world, await tara.account(), paused, 0)).toMatchObject({
      signature: 'Tara, room 6',
    })
  })

  it('stays with a rule that the person lets go on after a pause', async () => {
    await sign('Tara, room 5')
    const rule = await save({ text: 'Hello', future: {} })
    const account = await tara.account()
    await startRule(tara.world, account, rule, 0)
    await hold(tara.world, account, rule.id, { kind: 'pause' })
    await sign('Tara, room 6')
    expect(await resume(tara.world, await tara.account(), rule.id)).toMatchObject({ state: 'active' })
    await tara.engine.rules(tara.accountId)
    expect(sent().length).toBeGreaterThan(1)
    expect(sent().filter((text) => text.includes('room 5'))).toHaveLength(sent().length)
  })

  it('stays with a rule that is edited while it runs, and with one that is tried again', async () => {
    await sign('Tara, room 5')
    const rule = await save({ audience: { kind: 'people', userIds: [5, 6] }, text: 'Hello' })
    await startRule(tara.world, await tara.account(), rule, 3600)
    await sign('Tara, room 6')
    const { secret: _, state: _s, timeCreated: _t, timeChanged: _c, ...draft } = rule
    await saveRule(tara.world, await tara.account(), { ...draft, text: 'Good morning' })
    simulator.user(6).deleted = true
    simulator.clock.advance(3600)
    await tara.engine.rules(tara.accountId)
    simulator.user(6).deleted = false
    const now = await ruleOf(tara.store, tara.accountId, rule.id)
    if (!now) throw new Error('gone')
    await retry(tara.world, await tara.account(), now)
    await tara.engine.rules(tara.accountId)
    expect(sent()).toHaveLength(2)
    for (const text of sent()) expect(text).toContain('<p>Good morning</p><p>Tara, room 5</p>')
  })

  it('arrives once where the answer was lost and it is tried again', async () => {
    await sign('Tara of Biology')
    const rule = await save({ audience: { kind: 'people', userIds: [5] }, text: 'Hello' })
    const stop = simulator.faults.add({ kind: 'offline', match: { function: SENDS } })
    await startRule(tara.world, await tara.account(), rule, 0)
    await tara.engine.rules(tara.accountId)
    stop()
    for (const seconds of [130, 200, 60]) {
      simulator.clock.advance(seconds)
      await tara.engine.rules(tara.accountId)
      await tara.engine.flush(tara.accountId)
    }
    expect(sent()).toHaveLength(1)
    expect(sent()[0]?.split('Tara of Biology')).toHaveLength(2)
  })
})

describe('separate groups', () => {
  it('the preview says how many outside the teacher’s own are left out', async () => {
    simulator.setGroupMode(BIOLOGY, SEPARATE)
    const tom = await computerOf(simulator, 'teacher2')
    simulator.school.groups.get(1)?.members.add(4)
    const shown = await preview({}, tom)
    const seen = simulator.school.groups.get(1)?.members.size ?? 0
    expect(shown.willGetIt).toBe(seen - 1)
    expect(shown.otherGroups).toBe(14 - seen)
    const named = { kind: 'course' as const, courseId: BIOLOGY, groupIds: [1] }
    expect((await preview({ audience: named }, tom)).otherGroups).toBe(0)
    expect((await preview({})).otherGroups).toBe(0)
  })
})

describe('the people of a rule', () => {
  it('have their names before anything was written to them', async () => {
    const account = await tara.account()
    const connection = await tara.world.connect(account)
    if ('mender' in connection) throw new Error('no way')
    await rosterOf(tara.world, connection, account, { courseId: BIOLOGY, maxAge: 60 })
    const ask = { userIds: [15, 16], courseId: BIOLOGY, undoSeconds: 10 }
    const rule = await sendToSeveral(tara.world, account, {
      ...ask,
      draft: tara.draft('Hello', { subject: 'Trip' }),
    })
    if (!('id' in rule)) throw new Error('not sent')
    expect(await tara.store.people.get([account.id, 15])).toBeUndefined()
    const { people } = await readRulePeople(tara.store, { accountId: account.id, ruleId: rule.id, limit: 10 })
    expect(people.map(({ person }) => person.fullName)).toEqual(['Student Number11', 'Student Number12'])
  })
})

describe('the title of a rule', () => {
  it('says what is the same for everybody, and leaves open what is each person\u2019s own', async () => {
    await tara.engine.round(tara.accountId)
    await tara.engine.catchUp(tara.accountId)
    const subject = '{firstname}: {course}, {teacher}, {activity}, {group|your group}'
    const rule = await save({ subject, about: about() })
    const { fullName } = await tara.account()
    const { title } = await ruleView(tara.store, rule)
    expect(title).toBe(`{firstname}: Biology 101, ${fullName}, Essay 1, {group}`)
  })
})
