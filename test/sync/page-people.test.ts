import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PageAsk } from '../../lib/dialogue/page-people.ts'
import { putHabit } from '../../lib/store/roster.ts'
import { courseTeachers } from '../../lib/sync/course-teachers.ts'
import { pagePeople } from '../../lib/sync/page-people.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

let simulator: Simulator
let computer: Computer
const FORUM = 4

beforeEach(async () => {
  simulator = await startSimulator()
})

afterEach(() => simulator.close())

async function at(username: string): Promise<void> {
  computer = await computerOf(simulator, username)
  await computer.engine.round(computer.accountId)
}

async function asked(ask: PageAsk) {
  const account = await computer.account()
  const before = simulator.requests.all().length
  const answer = await pagePeople(computer.world, account, ask)
  return {
    ...answer,
    ids: answer.people.map(({ id }) => id),
    requests: simulator.requests.all().length - before,
  }
}

describe('what a page’s actions are told', () => {
  it('is whom one may write to, by one request, and by none for an hour', async () => {
    await at('student1')
    simulator.user('student2').preferences.set('message_blocknoncontacts', '1')
    const page = { personIds: [3, 5, 6, 7], courseId: 2 }
    expect(await asked(page)).toMatchObject({ ids: [3, 7], courseName: 'Biology 101', requests: 1 })
    expect(await asked(page)).toMatchObject({ ids: [3, 7], requests: 0 })
    expect(await asked({ ...page, personIds: [3, 8] })).toMatchObject({ ids: [3, 8], requests: 1 })
    simulator.clock.advance(3601)
    simulator.user('student2').preferences.delete('message_blocknoncontacts')
    expect(await asked(page)).toMatchObject({ ids: [3, 6, 7], requests: 1 })
  })

  it('is that an activity is hidden, in the same breath', async () => {
    await at('teacher1')
    simulator.hideModule(FORUM)
    const page = { personIds: [5], courseId: 2, cmid: FORUM }
    expect(await asked(page)).toMatchObject({ ids: [5], isHidden: true })
    expect(await asked(page)).toMatchObject({ isHidden: true, requests: 0 })
    simulator.hideModule(FORUM, false)
    simulator.clock.advance(601)
    expect(await asked(page)).toMatchObject({ isHidden: false })
  })

  it('is what is known, where the site does not answer', async () => {
    await at('teacher1')
    const page = { personIds: [5], courseId: 2 }
    await asked(page)
    simulator.clock.advance(3601)
    simulator.faults.add({ kind: 'offline' })
    expect(await asked(page)).toMatchObject({ ids: [5] })
    expect(await asked({ ...page, personIds: [20] })).toMatchObject({ ids: [] })
  })
})

describe('a course in which students write to teachers', () => {
  it('offers students nobody else', async () => {
    await at('student1')
    const account = await computer.account()
    await courseTeachers(computer.world, account, 2)
    await putHabit(computer.store, account.id, 2, { kind: 'to-teachers' })
    expect((await asked({ personIds: [3, 4, 6, 7], courseId: 2 })).ids).toEqual([3, 4])
    expect((await asked({ personIds: [3, 4, 6, 7] })).ids).toEqual([3, 4, 6, 7])
  })
})

describe('a question about an activity', () => {
  it('goes to whoever runs the course, from students only', async () => {
    await at('student1')
    const account = await computer.account()
    const teachers = await courseTeachers(computer.world, account, 2)
    expect(teachers).toMatchObject([{ id: 3, fullName: 'Tara Teacher' }])
    expect(await asked({ personIds: [], courseId: 2 })).toMatchObject({ isTeacher: false, requests: 0 })
  })

  it('is for whomever a teacher picks', async () => {
    await at('teacher1')
    const account = await computer.account()
    expect(await courseTeachers(computer.world, account, 2)).toEqual([])
    expect(await asked({ personIds: [], courseId: 2 })).toMatchObject({ isTeacher: true })
  })
})
