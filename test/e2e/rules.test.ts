import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLink } from '../../lib/dialogue/link.ts'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import { LEASE_SECONDS } from '../../lib/dialogue/tenure.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { violationsIn } from './axe.ts'
import { launch } from './browser.ts'
import { ask } from './switch-on.ts'
import { afterTurn, begin, type Desk, join, openDesk, reached, ruleAt, until } from './teacher-desk.ts'

const BIOLOGY = 2
const LAB_GROUP = 1
const TARA = 3
const TOM = 4
const HOUR = 3600
const DAY = 86_400

let simulator: Simulator
let tara: Desk
let tom: Desk

beforeAll(async () => {
  simulator = await startSimulator({ students: 12 })
  // Clocks are turned on by weeks here.
  simulator.setSessionTimeout(365 * DAY)
  ;[tara, tom] = await Promise.all([
    openDesk(simulator, 'teacher1', true),
    openDesk(simulator, 'teacher2', true),
  ])
})

afterAll(async () => {
  await Promise.all([tara?.person.close(), tom?.person.close()])
  await simulator?.close()
})

const isThrough = ({ people, counts }: RuleView['progress']) => people > 0 && counts.delivered === people
const whom = (ruleId: string) => reached(simulator, ruleId).map(([, to]) => to)
const active = (role = 'student') =>
  [...(simulator.school.courses.get(BIOLOGY)?.enrolments.values() ?? [])]
    .filter((row) => row.role === role && !row.suspended)
    .map(({ userid }) => userid)
    .toSorted((a, b) => a - b)
const everybody = async (ruleId: string, desk = tara) => {
  const meant = active().filter((id) => id !== (desk === tara ? TARA : TOM))
  await until(desk, ruleId, (rule) => rule?.progress.counts.delivered === meant.length)
  expect(whom(ruleId)).toEqual(meant)
}

describe('with a turned clock', () => {
  it('two welcomes to all students, and one to a group, take in who joins later, each person once', async () => {
    const audience = { kind: 'course', courseId: BIOLOGY, groupIds: [LAB_GROUP] } as const
    const first = await begin(tara, { future: {} })
    const second = await begin(tara, { future: {}, subject: 'First week' })
    const group = await begin(tara, { future: {}, audience: { ...audience, groupIds: [LAB_GROUP] } })
    await everybody(first)
    await everybody(second)
    await until(tara, group, (rule) => rule !== undefined && isThrough(rule.progress))
    const members = whom(group)
    expect(members.length).toBeGreaterThan(0)

    join(simulator, 'lena')
    simulator.enrol(BIOLOGY, simulator.addPerson('assistant', 'Al', 'Assistant').id, 'teacher')
    simulator.joinGroup(LAB_GROUP, TOM)
    await afterTurn(simulator, tara, HOUR, group)
    await afterTurn(simulator, tara, HOUR, group)
    await everybody(first)
    await everybody(second)
    expect(whom(group)).toEqual([...members, TOM].toSorted((a, b) => a - b))
  })

  it('a cut-off ends it, and a pause is caught up with once', async () => {
    const timeCutOff = simulator.clock.now() + DAY
    const short = await begin(tara, { future: { timeCutOff }, subject: 'Until tomorrow' })
    const long = await begin(tara, { future: {}, subject: 'Paused for a while' })
    await everybody(short)
    await everybody(long)
    await ask(tara.own, 'pauseRule', { accountId: tara.accountId, ruleId: long })
    const inTime = join(simulator, 'max')
    await afterTurn(simulator, tara, HOUR, short)
    expect(whom(short)).toContain(inTime)
    simulator.clock.advance(DAY)
    const late = join(simulator, 'nora')
    await until(tara, short, (rule) => rule?.state === 'finished')
    expect(whom(short)).not.toContain(late)
    expect(whom(long)).not.toContain(inTime)

    await ask(tara.own, 'resumeRule', { accountId: tara.accountId, ruleId: long })
    await everybody(long)
    await afterTurn(simulator, tara, HOUR, long)
    await everybody(long)
  })

  it('some students get the same message at its time, as one that expects no answer', async () => {
    const rule = await begin(tara, {
      audience: { kind: 'people', userIds: [7, 5, 9] },
      repliesExpected: false,
      timeNotBefore: simulator.clock.now() + DAY,
    })
    await until(tara, rule, (seen) => seen?.progress.hold?.kind === 'schedule')
    expect(whom(rule)).toEqual([])
    simulator.clock.advance(DAY + HOUR)
    await until(tara, rule, (seen) => seen?.state === 'finished')
    expect(whom(rule)).toEqual([5, 7, 9])
    const text = simulator
      .messagesBetween('teacher1', 5)
      .find((one) => one.text.includes(`rule=${rule}`))?.text
    expect(readLink(text ?? '', simulator).link).toMatchObject({ repliesExpected: false, courseId: BIOLOGY })
  })

  it('a class representative writes to all students where the habit of the course allows it', async () => {
    const sam = await openDesk(simulator, 'student1')
    try {
      await expect(begin(sam, {})).rejects.toThrow('not-permitted')
      const habit = { kind: 'representatives' as const, userIds: [5] }
      await ask(sam.own, 'saveHabit', { accountId: sam.accountId, courseId: BIOLOGY, habit })
      const rule = await begin(sam, { subject: 'From your representative' })
      await until(sam, rule, (seen) => seen?.state === 'finished')
      expect(whom(rule)).toEqual(active().filter((id) => id !== 5))
    } finally {
      await sam.person.close()
    }
  })
})

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

async function shareOnScreen(page: Page, subject: string): Promise<void> {
  await button(page, 'New rule').click()
  await page.getByLabel(/^Student/).check()
  await page.getByLabel('Subject', { exact: true }).fill(`${subject} to {course}`)
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Dear {firstname}, welcome.')
  await page.getByLabel(/^Also people who join later/).check()
  await page.getByLabel(/^Share with the course’s other teachers/).check()
  await button(page, 'See who gets what').click()
  await page.getByText('This course’s other teachers can see it.').waitFor()
  await button(page, /^Send to \d+ people$/).click()
  await page.getByText('Waits for people who join.').waitFor({ timeout: 60_000 })
}

async function lookForShared(page: Page) {
  await page.getByLabel('Course').selectOption(String(BIOLOGY))
  await button(page, 'Look for shared rules').click()
  return page.getByRole('list', { name: 'Shared by colleagues' })
}

describe('two teachers of a course, each in a browser of their own', () => {
  it('one shares a rule and lets go of it; the other takes it over and reaches only who is new', async () => {
    const hers = await tara.person.own('options.html#teachers')
    await shareOnScreen(hers, 'Hello')
    const [rule] = (await ask(tara.own, 'rules', { accountId: tara.accountId, limit: 1 })).rules
    const ruleId = rule?.id ?? ''
    const students = active()

    const his = await tom.person.own('options.html#teachers')
    const shared = (await lookForShared(his))
      .getByRole('listitem')
      .filter({ hasText: 'Hello to Biology 101' })
    await shared.getByText(/^In use until/).waitFor()
    expect(await shared.textContent()).toContain('Tara Teacher')
    expect(await button(his, 'Take over: preview first').count()).toBe(0)
    expect(await violationsIn(his, ['#tab-page'])).toEqual([])

    await button(hers, 'Release to colleagues').click()
    await hers.getByText(/^Released:/).waitFor()
    const late = join(simulator, 'otto')
    simulator.clock.advance(120)
    await button(his, 'Look again').click()
    await button(his, 'Take over: preview first').click()
    await his.getByText(`${students.length} people have it already and do not get it again.`).waitFor()
    expect(await violationsIn(his, ['#tab-page'])).toEqual([])
    await button(his, 'Send to 1 person').click()
    await his.getByText('Waits for people who join.').waitFor({ timeout: 60_000 })

    const after = join(simulator, 'pia')
    await ask(tara.own, 'refresh', { accountId: tara.accountId })
    await afterTurn(simulator, tom, HOUR, ruleId)
    await until(tom, ruleId, (seen) => (seen?.progress.counts.delivered ?? 0) === active().length)
    expect(reached(simulator, ruleId)).toEqual([
      ...students.map((id) => [TARA, id]),
      [TOM, late],
      [TOM, after],
    ])
    await Promise.all([hers.close(), his.close()])
  })

  it('one is away until the lease has run out; the other goes on, and nobody gets it twice', async () => {
    const ruleId = await begin(tara, { future: {}, subject: 'Hello again', toShare: 'Tara shares a rule.' })
    const students = active()
    await until(tara, ruleId, (rule) => rule?.progress.counts.delivered === students.length)
    await afterTurn(simulator, tara, HOUR, ruleId)
    const { profile } = tara.person
    await tara.person.close()

    simulator.clock.advance(LEASE_SECONDS + HOUR)
    const late = join(simulator, 'rosa')
    const ref = { accountId: tom.accountId, ruleId }
    await expect
      .poll(async () => {
        await ask(tom.own, 'refresh', { accountId: tom.accountId })
        return ask(tom.own, 'adoptRule', { ...ref, courseId: BIOLOGY })
      })
      .toMatchObject({ id: ruleId, state: 'draft' })
    expect(await ask(tom.own, 'previewRule', ref)).toMatchObject({ willGetIt: 1, haveIt: students.length })
    await ask(tom.own, 'startRule', ref)
    await until(tom, ruleId, (rule) => rule?.progress.counts.delivered === students.length + 1)

    const person = await launch({ profile })
    tara = { person, own: await person.own('manifest.json'), accountId: tara.accountId }
    await until(tara, ruleId, (rule) => rule?.state === 'paused')
    expect((await ruleAt(tara, ruleId))?.trouble).toMatchObject({ kind: 'taken-over' })
    expect(reached(simulator, ruleId)).toEqual([...students.map((id) => [TARA, id]), [TOM, late]])
  })
})
