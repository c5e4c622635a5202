import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readLink } from '../../lib/dialogue/link.ts'
import type { Condition, OpenRule, RuleDraft } from '../../lib/dialogue/open-rule.ts'
import { STUDENT } from '../../lib/dialogue/roster.ts'
import { saveDraft } from '../../lib/store/drafts.ts'
import { entriesOf, entriesOfRule } from '../../lib/store/outbox.ts'
import { putHabit } from '../../lib/store/roster.ts'
import { countPeople } from '../../lib/store/rule-counts.ts'
import { rulePeopleAfter } from '../../lib/store/rule-people.ts'
import { putRule, ruleOf } from '../../lib/store/rules.ts'
import {
  hold,
  resume,
  retry,
  saveRule,
  sendToSeveral,
  settlePeople,
  startRule,
  takeBackSeveral,
} from '../../lib/sync/rule-life.ts'
import { holdOf, leftToday, ruleNow } from '../../lib/sync/rule-limits.ts'
import { previewRule } from '../../lib/sync/rule-preview.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

const BIOLOGY = 2
const LAB_GROUP = 1
const ESSAY = 3
const HOUR = 3600
const DAY = 86_400
const SENDS = 'core_message_send_instant_messages'

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator({ students: 12 })
  tara = await computerOf(simulator, 'teacher1')
})

afterEach(() => simulator.close())

const me = (computer = tara) => computer.account()

const toStudents = { kind: 'course', courseId: BIOLOGY, roleIds: [STUDENT] } as const

async function begin(change: Partial<RuleDraft>, computer = tara): Promise<OpenRule> {
  const account = await me(computer)
  const draft: RuleDraft = {
    accountId: account.id,
    courseId: BIOLOGY,
    audience: { ...toStudents, roleIds: [STUDENT] },
    subject: 'Welcome',
    text: 'Good to have you here.',
    repliesExpected: true,
    ...change,
  }
  const rule = await saveRule(computer.world, account, draft)
  const started = rule && (await startRule(computer.world, account, rule, 0))
  if (!started || !('id' in started)) throw new Error('not started')
  return started
}

const run = (computer = tara) => computer.engine.rules(computer.accountId)

async function later(seconds: number, computer = tara): Promise<void> {
  simulator.clock.advance(seconds)
  await run(computer)
  await computer.engine.flush(computer.accountId)
}

/** Everybody whom teacher1's rule has written to, with what stands there. */
function reached(rule: Pick<OpenRule, 'id'>, from = 3): { to: number; text: string }[] {
  return [...simulator.school.messages.values()]
    .filter(({ useridfrom, text }) => useridfrom === from && text.includes(`rule=${rule.id}`))
    .map(({ conversationid, text }) => {
      const members = simulator.school.conversations.get(conversationid)?.members ?? new Set()
      return { to: [...members].find((id) => id !== from) ?? 0, text }
    })
    .sort((a, b) => a.to - b.to)
}

const whom = (rule: Pick<OpenRule, 'id'>, from?: number) => reached(rule, from).map(({ to }) => to)
const students = (count = 12) => Array.from({ length: count }, (_, i) => 5 + i)
const stored = async (rule: OpenRule) => ruleOf(tara.store, rule.accountId, rule.id)
const counts = (rule: OpenRule) => countPeople(tara.store, rule)

async function standingOf(rule: OpenRule, userId: number) {
  const { accountId, id: ruleId } = rule
  const people = await rulePeopleAfter(tara.store, { accountId, ruleId, limit: 1000 })
  return people.find((person) => person.userId === userId)
}

/** A student whom the course's habit names. */
async function representative(): Promise<Computer> {
  const sam = await computerOf(simulator, 'student1')
  await putHabit(sam.store, sam.accountId, BIOLOGY, { kind: 'representatives', userIds: [5] })
  return sam
}

function join(name: string): number {
  const { id } = simulator.addPerson(name, name, 'Late')
  simulator.enrol(BIOLOGY, id)
  return id
}

describe('the scenarios of open rules', () => {
  it('welcomes all students of a course, future ones too, no other roles', async () => {
    const rule = await begin({ future: {} })
    await run()
    expect(whom(rule)).toEqual(students())
    const late = join('lena')
    const other = simulator.addPerson('assistant', 'Al', 'Assistant').id
    simulator.enrol(BIOLOGY, other, 'teacher')
    await later(HOUR)
    await later(HOUR)
    expect(whom(rule)).toEqual([...students(), late])
    expect(await stored(rule)).toMatchObject({ state: 'active' })
  })

  it('runs several such rules in one course, each of them once to each', async () => {
    const first = await begin({ future: {} })
    const second = await begin({ future: {}, subject: 'First week' })
    await run()
    const late = join('lena')
    await later(HOUR)
    for (const rule of [first, second]) expect(whom(rule)).toEqual([...students(), late])
  })

  it('welcomes a group, future members too, all roles', async () => {
    const members = [...(simulator.school.groups.get(LAB_GROUP)?.members ?? [])].filter((id) => id !== 3)
    expect(members.length).toBeGreaterThan(0)
    const rule = await begin({
      audience: { kind: 'course', courseId: BIOLOGY, groupIds: [LAB_GROUP] },
      future: {},
    })
    await run()
    expect(whom(rule)).toEqual(members.sort((a, b) => a - b))
    simulator.joinGroup(LAB_GROUP, 4)
    await later(HOUR)
    expect(whom(rule)).toEqual([...new Set([...members, 4])].sort((a, b) => a - b))
  })

  it('sends the same message to some students', async () => {
    const rule = await begin({ audience: { kind: 'people', userIds: [7, 5, 9] } })
    await run()
    expect(whom(rule)).toEqual([5, 7, 9])
    expect(await stored(rule)).toMatchObject({ state: 'finished' })
  })

  it('lets a class representative, a student, write to all students', async () => {
    const sam = await representative()
    const rule = await begin({}, sam)
    await run(sam)
    expect(whom(rule, 5)).toEqual(students().filter((id) => id !== 5))
  })

  it('sends one message that can be read but expects no answer', async () => {
    const rule = await begin({ audience: { kind: 'people', userIds: [5] }, repliesExpected: false })
    await run()
    const [message] = reached(rule)
    const { link } = readLink(message?.text ?? '', { wwwroot: simulator.wwwroot })
    expect(link).toMatchObject({ repliesExpected: false, ruleId: rule.id, courseId: BIOLOGY, does: 'open' })
  })
})

describe('who may', () => {
  it('is no student whom nothing names, for more than five people', async () => {
    const sam = await computerOf(simulator, 'student1')
    await expect(begin({}, sam)).rejects.toThrow('not started')
    const rule = await begin({ audience: { kind: 'people', userIds: [6, 7] } }, sam)
    await run(sam)
    expect(whom(rule, 5)).toEqual([6, 7])
  })

  it('is nobody where an administrator says so, whatever was begun before', async () => {
    const rule = await begin({})
    tara.world.severalPolicy = async () => 'nobody'
    await run()
    expect(whom(rule)).toEqual([])
    expect(await stored(rule)).toMatchObject({ state: 'paused', trouble: { kind: 'not-permitted' } })
  })
})

describe('a preview', () => {
  const preview = async (change: Partial<RuleDraft>) => {
    const account = await me()
    const common = { accountId: account.id, courseId: BIOLOGY, subject: 'Hi', repliesExpected: true }
    const audience = { ...toStudents, roleIds: [STUDENT] }
    const rule = await saveRule(tara.world, account, { ...common, audience, text: 'Hello', ...change })
    const connection = await tara.world.connect(account)
    if (!rule || 'mender' in connection) throw new Error('no preview')
    return previewRule(tara.world, connection, account, rule)
  }

  it('shows the exact list, three texts, and what is left of the day, and sends nothing', async () => {
    const shown = await preview({ text: 'Dear {firstname}' })
    expect(shown).toMatchObject({ willGetIt: 12, cannotBeReached: [], leftToday: 2000, fields: [] })
    expect(shown.samples.map(({ html }) => html)).toEqual(Array(3).fill('<p>Dear Student</p>'))
    expect(shown.longestBytes).toBe(shown.samples[0]?.bytes)
    expect(simulator.requests.count(SENDS)).toBe(0)
  })

  it('says what fields nobody knows, and which are empty for somebody', async () => {
    const { fields } = await preview({ text: '{name} by {duedate}, {activity|this course}' })
    expect(fields).toContainEqual({ name: 'name', unknown: true, emptyFor: 12 })
    expect(fields).toContainEqual({ name: 'duedate', unknown: false, emptyFor: 12 })
    expect(fields.map(({ name }) => name)).not.toContain('activity')
  })

  it('marks who is not in the course, and groups who cannot be reached', async () => {
    const stranger = simulator.addPerson('counsellor', 'Cara', 'Counsellor')
    simulator.user(6).deleted = true
    const shown = await preview({ audience: { kind: 'people', userIds: [5, 6, stranger.id] } })
    expect(shown.wrongCourse.map(({ id }) => id)).toContain(stranger.id)
    expect(shown.cannotBeReached).toMatchObject([{ reason: 'not-shown', count: 2 }])
    expect(shown.willGetIt).toBe(1)
  })
})

describe('a rule', () => {
  it('takes in nobody who joins after its cut-off, and is finished then', async () => {
    const rule = await begin({ future: { timeCutOff: simulator.clock.now() + DAY } })
    await run()
    simulator.clock.advance(DAY)
    join('lena')
    await later(HOUR)
    expect(whom(rule)).toEqual(students())
    expect(await stored(rule)).toMatchObject({ state: 'finished' })
  })

  it('without future members is for those who are there when its time comes', async () => {
    const rule = await begin({ timeNotBefore: simulator.clock.now() + DAY })
    await later(HOUR)
    expect(whom(rule)).toEqual([])
    const late = join('lena')
    await later(DAY)
    expect(whom(rule)).toEqual([...students(), late])
    join('leo')
    await later(DAY)
    expect(whom(rule)).toEqual([...students(), late])
  })

  it('that was paused catches up once', async () => {
    const rule = await begin({ future: {} })
    await run()
    await hold(tara.world, await me(), rule.id, { kind: 'pause' })
    const late = join('lena')
    await later(DAY)
    await later(DAY)
    expect(whom(rule)).toEqual(students())
    await resume(tara.world, await me(), rule.id)
    await later(HOUR)
    await later(HOUR)
    expect(whom(rule)).toEqual([...students(), late])
  })

  it('that is cancelled leaves what arrived, and reaches nobody more', async () => {
    const rule = await begin({ future: {} })
    await run()
    await hold(tara.world, await me(), rule.id, { kind: 'cancel' })
    join('lena')
    await later(DAY)
    expect(whom(rule)).toEqual(students())
    expect(await counts(rule)).toMatchObject({ delivered: 12 })
  })

  it('drops who left or was suspended before their turn, and says why', async () => {
    const rule = await begin({ timeNotBefore: simulator.clock.now() + HOUR })
    tara.world.dailyCap = async () => 4
    await later(HOUR)
    simulator.unenrol(BIOLOGY, 16)
    simulator.suspendEnrolment(BIOLOGY, 15)
    await later(DAY)
    await later(DAY)
    await later(DAY)
    expect(whom(rule)).toEqual(students(10))
    expect(await standingOf(rule, 16)).toMatchObject({ standing: 'dropped', reason: 'left' })
    expect(await standingOf(rule, 15)).toMatchObject({ standing: 'dropped', reason: 'suspended' })
  })

  it('that is edited says the new words to people not yet reached', async () => {
    tara.world.dailyCap = async () => 4
    const rule = await begin({})
    await run()
    const { accountId, id, audience, courseId, repliesExpected, subject } = rule
    await saveRule(tara.world, await me(), {
      accountId,
      id,
      audience,
      subject,
      text: 'Better words.',
      repliesExpected,
      ...(courseId === undefined ? {} : { courseId }),
    })
    tara.world.dailyCap = async () => 100
    await later(60)
    const better = reached(rule).filter(({ text }) => text.includes('Better words.'))
    expect(better.map(({ to }) => to)).toEqual(students().slice(4))
    expect(whom(rule)).toEqual(students())
  })

  it('stays within what an account may send in a day', async () => {
    tara.world.dailyCap = async () => 5
    const rule = await begin({})
    await run()
    await later(HOUR)
    expect(whom(rule)).toHaveLength(5)
    await later(DAY)
    expect(whom(rule)).toHaveLength(10)
  })

  it('counts for the day what is on its way, though its people stand as not attempted until the site has answered', async () => {
    tara.world.dailyCap = async () => 20
    simulator.faults.add({ kind: 'latency', ms: 300, match: { function: SENDS } })
    const rule = await begin({})
    const running = run()
    const onTheWay = () => entriesOfRule(tara.store, tara.accountId, rule.id, ['sending'])
    await expect.poll(async () => (await onTheWay()).length).toBe(12)
    expect(await counts(rule)).toMatchObject({ 'not-attempted': 12, delivered: 0 })
    expect(await leftToday(tara.world, await me())).toBe(8)
    await running
    expect(await counts(rule)).toMatchObject({ 'not-attempted': 0, delivered: 12 })
    expect(await leftToday(tara.world, await me())).toBe(8)
  })

  it('is held by the day as long as somebody is left to be reached', async () => {
    tara.world.dailyCap = async () => 12
    const rule = await begin({ future: {} })
    await run()
    const held = async () => ruleNow(tara.world, await me(), rule, await counts(rule))
    expect((await held()).hold).toBeUndefined()
    join('lena')
    await later(HOUR)
    expect((await held()).hold?.kind).toBe('daily-cap')
  })

  it('counts what has left today once for a run, not for each hundred of its people', async () => {
    await simulator.close()
    simulator = await startSimulator({ students: 320 })
    tara = await computerOf(simulator, 'teacher1')
    const rule = await begin({})
    const asked = vi.spyOn(tara.store.rulePeople, 'where')
    await run()
    const times = asked.mock.calls.filter(([index]) => String(index) === '[accountId+timePlanned]')
    asked.mockRestore()
    expect(whom(rule)).toHaveLength(320)
    expect(times).toHaveLength(1)
  })

  it('asks who can be reached before it sends, and says who cannot and why', async () => {
    const sam = await representative()
    simulator.setPrivacy('student2', 1)
    simulator.block('student3', 'student1')
    const rule = await begin({}, sam)
    await run(sam)
    expect(whom(rule, 5)).toEqual(students().filter((id) => ![5, 6, 7].includes(id)))
    const ask = { accountId: sam.accountId, ruleId: rule.id, standing: 'refused' as const, limit: 10 }
    expect(await rulePeopleAfter(sam.store, ask)).toMatchObject([
      { userId: 6, reason: 'contacts-only' },
      { userId: 7, reason: 'no-messaging' },
    ])
    simulator.setPrivacy('student2', 0)
    await retry(sam.world, await me(sam), rule)
    await later(HOUR, sam)
    expect(whom(rule, 5)).toEqual(students().filter((id) => ![5, 7].includes(id)))
  })

  it('sends at most 25 in one request, one request at a time', async () => {
    for (let n = 0; n < 40; n++) join(`late${n}`)
    const rule = await begin({})
    simulator.requests.clear()
    await run()
    expect(whom(rule)).toHaveLength(52)
    expect(simulator.requests.count(SENDS)).toBe(3)
    expect(await stored(rule)).toMatchObject({ state: 'finished' })
  })

  it('fills each text with what is known of its person', async () => {
    const rule = await begin({
      audience: { kind: 'people', userIds: [5] },
      text: 'Dear {firstname}, of {group|no group}. {teacher}',
    })
    await tara.engine.round(tara.accountId)
    await run()
    const { firstname } = simulator.user(5)
    expect(reached(rule)[0]?.text).toContain(`Dear ${firstname}`)
  })
})

describe('an audience that is computed at each run', () => {
  const only = (condition: Condition) => ({ audience: { ...toStudents, roleIds: [STUDENT], condition } })
  const essay = () => {
    const cm = simulator.school.modules.get(ESSAY)
    if (!cm) throw new Error('no assignment')
    return cm
  }

  it('has not submitted and it is due soon: each person once, whoever is late later too', async () => {
    for (const id of students().slice(3))
      simulator.setSubmission(essay().instance, id, {
        submitted: true,
        requiregrading: true,
        grantedextension: false,
        submissionstatus: 'submitted',
      })
    essay().duedate = simulator.clock.now() + 3 * DAY
    const condition = { kind: 'not-submitted' as const, cmid: ESSAY, dueWithinSeconds: 2 * DAY }
    const rule = await begin({ ...only(condition), future: {} })
    await run()
    expect(whom(rule)).toEqual([])
    await later(DAY + 1)
    await later(HOUR)
    expect(whom(rule)).toEqual([5, 6, 7])
  })

  it('has submitted and is not graded', async () => {
    const submission = { submitted: true, grantedextension: false, submissionstatus: 'submitted' }
    simulator.setSubmission(essay().instance, 5, { ...submission, requiregrading: true })
    simulator.setSubmission(essay().instance, 6, { ...submission, requiregrading: false })
    const rule = await begin(only({ kind: 'submitted-not-graded', cmid: ESSAY }))
    await run()
    expect(whom(rule)).toEqual([5])
  })

  it('is nobody where an assignment marks blindly: the rule says that it cannot know', async () => {
    essay().blindmarking = true
    const rule = await begin(only({ kind: 'not-submitted', cmid: ESSAY }))
    await run()
    expect(whom(rule)).toEqual([])
    expect(await stored(rule)).toMatchObject({ state: 'paused', trouble: { kind: 'not-permitted' } })
  })

  it('has not answered an earlier message', async () => {
    const first = await begin({})
    await run()
    for (const id of [5, 9]) {
      simulator.say({ from: id, to: 'teacher1', text: '<p>Thank you</p>' })
      await tara.engine.pull(tara.accountId, `u${id}`)
    }
    const second = await begin(only({ kind: 'not-answered', ruleId: first.id }))
    await run()
    expect(whom(second)).toEqual(students().filter((id) => ![5, 9].includes(id)))
  })
})

describe('what may go wrong on the way', () => {
  it('an answer that is lost: nobody gets it twice, and everybody is accounted for', async () => {
    simulator.faults.add({ kind: 'answerLost', times: 1, match: { function: SENDS } })
    const rule = await begin({})
    await run()
    expect(await counts(rule)).toMatchObject({ delivered: 12, unknown: 0 })
    expect(whom(rule)).toEqual(students())
    await later(60)
    expect(await stored(rule)).toMatchObject({ state: 'finished' })
  })

  it('a worker that is stopped before it has filed what arrived: the next one does, and asks the site for nothing', async () => {
    const rule = await begin({})
    const { pause } = tara.world
    tara.world.pause = (ms) => (ms > 0 ? new Promise(() => undefined) : pause(ms))
    void run()
    await expect.poll(() => counts(rule)).toMatchObject({ delivered: 12 })
    const [entry] = await entriesOf(tara.store, tara.accountId)
    const arrived = await tara.thread('u5', entry?.dialogueId)
    expect(arrived?.entries ?? []).toEqual([])
    simulator.requests.clear()
    const next = await tara.restart()
    await next.engine.flush(next.accountId)
    expect(await next.store.outbox.count()).toBe(0)
    expect(simulator.requests.all()).toEqual([])
    const filed = await next.thread('u5', (await standingOf(rule, 5))?.dialogueId)
    expect(filed?.messages).toMatchObject([{ mine: true }])
    expect(whom(rule)).toEqual(students())
  })

  it('somebody who refuses beside others: Moodle stores some rows, and each is looked up', async () => {
    const sam = await representative()
    const rule = await begin({}, sam)
    const forget = simulator.faults.add({ kind: 'offline', match: { function: SENDS } })
    await run(sam)
    forget()
    // Asked before, and changed since.
    simulator.setPrivacy('student4', 1)
    for (const seconds of [130, 200, 60, 60]) await later(seconds, sam)
    expect(whom(rule, 5)).toEqual(students().filter((id) => ![5, 8].includes(id)))
    const { accountId } = sam
    const refused = await rulePeopleAfter(sam.store, {
      accountId,
      ruleId: rule.id,
      standing: 'refused',
      limit: 9,
    })
    expect(refused).toMatchObject([{ userId: 8, trouble: { kind: 'recipient-refuses' } }])
    expect(refused[0]?.trouble?.serverSays).toContain('message preferences')
  })

  it('a link to a message of the rule, pasted into another conversation, proves nothing', async () => {
    const rule = await begin({ audience: { kind: 'people', userIds: [5, 6] } })
    tara.world.dailyCap = async () => 1
    await run()
    const [first] = reached(rule)
    simulator.say({ from: 'teacher1', to: 6, text: `<p>See this: ${first?.text}</p>` })
    await later(DAY + 1)
    const toBen = reached(rule).filter(({ to, text }) => to === 6 && !text.includes('See this'))
    expect(toBen).toHaveLength(1)
  })

  it('a second computer with the same rule proves what the first has sent, and asks about the rest', async () => {
    const rule = await begin({})
    tara.world.dailyCap = async () => 6
    await run()
    const other = await computerOf(simulator, 'teacher1')
    await putRule(other.store, { ...rule, ledger: 'incomplete' })
    await run(other)
    expect(whom(rule)).toHaveLength(6)
    expect(await countPeople(other.store, rule)).toMatchObject({ delivered: 6, unknown: 6 })
    const unknown = students().slice(6)
    await settlePeople(other.world, await me(other), rule, unknown, false)
    await run(other)
    tara.world.dailyCap = async () => 100
    await later(60)
    expect(whom(rule)).toEqual(students())
    expect(await counts(rule)).toMatchObject({ delivered: 12 })
  })

  it('quiet hours hold it, and what was written by hand', async () => {
    const minute = new Date(simulator.clock.milliseconds()).getHours() * 60
    const quietHours = { fromMinute: minute, toMinute: (minute + 120) % 1440 }
    await tara.store.accounts.update(tara.accountId, { quietHours })
    const rule = await begin({})
    await tara.write(tara.draft('By hand.', { to: { id: 5, fullName: 'S' } }))
    await later(60)
    expect(whom(rule)).toEqual([])
    expect(await holdOf(tara.world, await me(), rule)).toMatchObject({ kind: 'quiet-hours' })
    expect(await tara.store.outbox.count()).toBe(1)
    await later(2 * HOUR)
    expect(whom(rule)).toEqual(students())
    expect(await tara.store.outbox.count()).toBe(0)
  })
})

describe('a message to several people', () => {
  const several = async (draft = tara.draft('Hello all', { subject: 'Trip' })) => {
    const ask = { draft, userIds: [5, 6, 7], courseId: BIOLOGY, undoSeconds: 10 }
    const rule = await sendToSeveral(tara.world, await me(), ask)
    if (!('id' in rule)) throw new Error('not sent')
    return { rule, draft }
  }

  it('goes out once, however often it is asked for, after its undo window', async () => {
    const { rule, draft } = await several()
    await several(draft)
    await run()
    expect(whom(rule)).toEqual([])
    await later(11)
    await several(draft)
    await later(11)
    expect(whom(rule)).toEqual([5, 6, 7])
    expect(await tara.store.rules.count()).toBe(1)
  })

  it('taken back within it is the draft that it was', async () => {
    const draft = tara.draft('Hello all', { subject: 'Trip' })
    await saveDraft(tara.store, draft)
    const { rule } = await several(draft)
    expect(await tara.store.drafts.count()).toBe(0)
    await saveDraft(tara.store, { ...draft, text: 'Hello a' })
    expect(await tara.store.drafts.count()).toBe(0)
    const back = await takeBackSeveral(tara.world, await me(), rule.id)
    expect(back).toMatchObject({ text: 'Hello all', subject: 'Trip' })
    await later(60)
    expect(whom(rule)).toEqual([])
  })

  it('that was put off leaves at its time, with its signature, and can be taken back until then', async () => {
    const sendAt = simulator.clock.now() + HOUR
    const draft = () => tara.draft('Hello all', { subject: 'Trip', sendAt, signature: 'Tara, room 12' })
    const { rule: first } = await several(draft())
    expect(await holdOf(tara.world, await me(), first)).toEqual({ kind: 'schedule', untilMs: sendAt * 1000 })
    await later(60)
    const back = await takeBackSeveral(tara.world, await me(), first.id)
    expect(back).toMatchObject({ text: 'Hello all', signature: 'Tara, room 12' })
    expect(back).not.toHaveProperty('sendAt')
    const { rule } = await several(draft())
    await later(HOUR - 120)
    expect(whom(rule)).toEqual([])
    await later(120)
    expect(whom(rule)).toEqual([5, 6, 7])
    for (const { text } of reached(rule)) expect(text.match(/Tara, room 12/g)).toHaveLength(1)
    expect(whom(first)).toEqual([])
  })

  it('cannot be taken back once something may have left', async () => {
    const { rule } = await several()
    await later(11)
    expect(await takeBackSeveral(tara.world, await me(), rule.id)).toBeUndefined()
  })
})

describe('a rule whose course could not be read', () => {
  const cut = () => simulator.faults.add({ kind: 'offline' })

  it('is not called forbidden when it is started, and starts when the site answers again', async () => {
    const account = await me()
    const draft = { subject: 'Welcome', text: 'Good to have you here.', repliesExpected: true }
    const course = { accountId: account.id, courseId: BIOLOGY, audience: toStudents }
    const rule = await saveRule(tara.world, account, {
      ...course,
      ...draft,
      audience: { ...toStudents, roleIds: [STUDENT] },
    })
    if (!rule) throw new Error('not saved')
    const mend = cut()
    expect(await startRule(tara.world, account, rule, 0)).toMatchObject({ mender: 'wait' })
    expect((await ruleOf(tara.store, account.id, rule.id))?.state).toBe('draft')
    mend()
    expect(await startRule(tara.world, account, rule, 0)).toMatchObject({ state: 'active' })
  })

  it('stays active and is tried again', async () => {
    const rule = await begin({ audience: { kind: 'people', userIds: [5, 6, 7, 8, 9, 10, 11] } })
    await tara.store.rosters.clear()
    const mend = cut()
    await run()
    expect((await ruleOf(tara.store, tara.accountId, rule.id))?.state).toBe('active')
    expect(reached(rule)).toEqual([])
    mend()
    await later(HOUR)
    expect(reached(rule).length).toBe(7)
  })
})
