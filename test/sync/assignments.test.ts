import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Condition, OpenRule } from '../../lib/dialogue/open-rule.ts'
import { STUDENT } from '../../lib/dialogue/roster.ts'
import { assignmentIdOf } from '../../lib/store/places.ts'
import { rulePeopleAfter } from '../../lib/store/rule-people.ts'
import { ruleOf } from '../../lib/store/rules.ts'
import { pagePeople } from '../../lib/sync/page-people.ts'
import { saveRule, startRule } from '../../lib/sync/rule-life.ts'
import { previewRule } from '../../lib/sync/rule-preview.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'
import { over } from './roster-reader.ts'

const BIOLOGY = 2
const ESSAY = 3
const DAY = 86_400

let simulator: Simulator
let tara: Computer

/** A teacher without a token: only what a page's session reaches. */
beforeEach(async () => {
  simulator = await startSimulator({ students: 8 })
  tara = await computerOf(simulator, 'teacher1')
  const session = over(simulator, 'session', 'teacher1')
  tara.world.connect = async () => session
  await tara.engine.round(tara.accountId)
})

afterEach(() => simulator.close())

function essay() {
  const cm = simulator.school.modules.get(ESSAY)
  if (!cm) throw new Error('no assignment')
  return cm
}

function hasSubmitted(userId: number, requiregrading = true): void {
  const submission = { submitted: true, requiregrading, grantedextension: false }
  simulator.setSubmission(essay().instance, userId, { ...submission, submissionstatus: 'submitted' })
}

async function opensTheGrader(): Promise<void> {
  const place = { courseId: BIOLOGY, cmid: ESSAY, assignmentId: essay().instance }
  await pagePeople(tara.world, await tara.account(), { personIds: [], ...place })
}

async function written(condition: Condition, text = 'Dear {firstname}'): Promise<OpenRule> {
  const rule = await saveRule(tara.world, await tara.account(), {
    accountId: tara.accountId,
    courseId: BIOLOGY,
    audience: { kind: 'course', courseId: BIOLOGY, roleIds: [STUDENT], condition },
    subject: 'Your essay',
    text,
    repliesExpected: true,
  })
  if (!rule || !('id' in rule)) throw new Error('not stored')
  return rule
}

async function run(rule: OpenRule): Promise<void> {
  await startRule(tara.world, await tara.account(), rule, 0)
  await tara.engine.rules(tara.accountId)
}

async function preview(rule: OpenRule) {
  const account = await tara.account()
  const connection = await tara.world.connect(account)
  if ('mender' in connection) throw new Error('not connected')
  return previewRule(tara.world, connection, account, rule)
}

const stored = ({ accountId, id }: OpenRule) => ruleOf(tara.store, accountId, id)

async function reached({ accountId, id: ruleId }: OpenRule): Promise<number[]> {
  const people = await rulePeopleAfter(tara.store, { accountId, ruleId, limit: 100 })
  return people.filter(({ standing }) => standing === 'delivered').map(({ userId }) => userId)
}

const NOT_SUBMITTED = { kind: 'not-submitted', cmid: ESSAY } as const

describe('who has submitted, over a session', () => {
  it('is not known before the grader was opened: the preview says so, and a rule waits for it', async () => {
    const rule = await written(NOT_SUBMITTED)
    expect(await preview(rule)).toMatchObject({ willGetIt: 0, unknown: ['grader'] })
    await run(rule)
    expect(await stored(rule)).toMatchObject({ state: 'paused', trouble: { kind: 'grader-not-opened' } })
    expect(await reached(rule)).toEqual([])
  })

  it('is known from then on: those who have not get it, each once', async () => {
    await opensTheGrader()
    for (const id of [5, 6, 7]) hasSubmitted(id)
    const rule = await written(NOT_SUBMITTED)
    expect(await preview(rule)).toMatchObject({ willGetIt: 5, unknown: [] })
    await run(rule)
    expect(await reached(rule)).toEqual([8, 9, 10, 11, 12])
  })

  it('tells who waits for a grade', async () => {
    await opensTheGrader()
    hasSubmitted(5)
    hasSubmitted(6, false)
    const rule = await written({ kind: 'submitted-not-graded', cmid: ESSAY })
    await run(rule)
    expect(await reached(rule)).toEqual([5])
  })

  it('is joined with nobody where the assignment is marked blindly', async () => {
    await opensTheGrader()
    essay().blindmarking = true
    const rule = await written(NOT_SUBMITTED)
    expect(await preview(rule)).toMatchObject({ willGetIt: 0, unknown: ['submissions'] })
    await run(rule)
    expect(await stored(rule)).toMatchObject({ state: 'paused', trouble: { kind: 'not-permitted' } })
    expect(await reached(rule)).toEqual([])
  })
})

describe('when it is due, over a session', () => {
  const within = { ...NOT_SUBMITTED, dueWithinSeconds: 2 * DAY }

  beforeEach(opensTheGrader)

  it('is asked of the site: nobody before its time, everybody who is late with it then', async () => {
    essay().duedate = simulator.clock.now() + 3 * DAY
    const early = await written(within)
    expect(await preview(early)).toMatchObject({ willGetIt: 0, unknown: [] })
    essay().duedate = simulator.clock.now() + 2 * DAY - 60
    expect(await preview(early)).toMatchObject({ willGetIt: 8 })
  })

  it('is what most are told: one person’s own date does not stand for the others', async () => {
    essay().duedate = simulator.clock.now() - 3 * DAY
    essay().duedates = { 5: simulator.clock.now() + 30 * DAY }
    const rule = await written({ ...NOT_SUBMITTED, overdueBySeconds: 2 * DAY })
    expect(await preview(rule)).toMatchObject({ willGetIt: 8 })
  })

  it('is asked of who is not hidden by a filter that was left in the grading table', async () => {
    essay().duedate = simulator.clock.now() - 3 * DAY
    for (const id of [9, 10]) hasSubmitted(id)
    simulator.filterGrading(3, 'submitted')
    const rule = await written({ ...NOT_SUBMITTED, overdueBySeconds: 2 * DAY }, 'It was due on {duedate}.')
    const { willGetIt, fields } = await preview(rule)
    expect([willGetIt, fields]).toEqual([6, []])
  })

  it('is not known where such a filter hides everybody: a rule that needs it says so, and no other suffers', async () => {
    essay().duedate = simulator.clock.now() - 3 * DAY
    simulator.filterGrading(3, 'submitted')
    const named = await written(NOT_SUBMITTED, 'It was due on {duedate|that day}.')
    await run(named)
    expect(await reached(named)).toHaveLength(8)
    const rule = await written({ ...NOT_SUBMITTED, overdueBySeconds: 2 * DAY })
    expect(await preview(rule)).toMatchObject({ willGetIt: 0, unknown: ['grading-filter'] })
    await run(rule)
    expect(await stored(rule)).toMatchObject({ state: 'paused', trouble: { kind: 'grading-filtered' } })
  })

  it('stands in the words where they name it', async () => {
    essay().duedate = Date.UTC(2026, 11, 24, 12) / 1000
    const rule = await written(NOT_SUBMITTED, 'It is due on {duedate}.')
    const { samples, fields } = await preview(rule)
    expect(samples[0]?.html).toContain('December 24, 2026')
    expect(fields).toEqual([])
  })
})

describe('the grader’s page', () => {
  const known = () => assignmentIdOf(tara.store, tara.accountId, BIOLOGY, ESSAY)

  it('tells the assignment’s own id once, and without a request', async () => {
    await opensTheGrader()
    expect(await known()).toBe(essay().instance)
    simulator.requests.clear()
    await opensTheGrader()
    expect(simulator.requests.all()).toEqual([])
  })

  it('of a course that is not known here tells nothing', async () => {
    const account = await tara.account()
    await pagePeople(tara.world, account, { personIds: [], courseId: 77, cmid: 9, assignmentId: 4 })
    expect(await assignmentIdOf(tara.store, account.id, 77, 9)).toBeUndefined()
  })
})
