import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Roster } from '../../lib/dialogue/roster.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Kind, readerOf } from './roster-reader.ts'

let simulator: Simulator
const HOUR = 3600
const SEPARATE = 1

beforeEach(async () => {
  simulator = await startSimulator()
})

afterEach(() => simulator.close())

const asPerson = (kind: Kind, username: string) => readerOf(simulator, kind, username)

const idsOf = ({ people }: Roster) => people.map(({ userId }) => userId).toSorted((a, b) => a - b)
const person = ({ people }: Roster, userId: number) => people.find((one) => one.userId === userId)

describe.each(['session', 'rest'] as const)('a roster over the %s transport', (kind) => {
  it('tells a teacher everybody with role, groups, and who is suspended', async () => {
    simulator.suspendEnrolment(2, 'student5')
    const roster = await (await asPerson(kind, 'teacher1')).read()
    expect(roster.people).toHaveLength(62)
    expect(roster).toMatchObject({ courseId: 2, rolesKnown: true, groupsKnown: true })
    expect(roster.groups).toEqual([
      { id: 1, name: 'Group A' },
      { id: 2, name: 'Group B' },
    ])
    expect(person(roster, 3)).toMatchObject({ roleIds: [3], groupIds: [1], isSuspended: false })
    expect(person(roster, 4)).toMatchObject({ roleIds: [4], groupIds: [] })
    expect(person(roster, 9)).toMatchObject({ roleIds: [5], groupIds: [1], isSuspended: true })
    expect(roster.roles.map(({ id, isTeacher }) => [id, isTeacher])).toEqual([
      [3, true],
      [4, true],
      [5, false],
    ])
  })

  it('tells a student the active ones only, and who teaches', async () => {
    simulator.suspendEnrolment(2, 'student5')
    const roster = await (await asPerson(kind, 'student1')).read()
    expect(idsOf(roster)).not.toContain(9)
    expect(roster.people).toHaveLength(61)
    expect(person(roster, 3)?.roleIds).toEqual([3])
    expect(person(roster, 6)?.roleIds).toEqual([5])
  })

  it('shows whom separate groups show, and nobody else', async () => {
    simulator.setGroupMode(2, SEPARATE)
    const roster = await (await asPerson(kind, 'student1')).read()
    expect(idsOf(roster)).toEqual([3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
    expect(roster.groups).toEqual([{ id: 1, name: 'Group A' }])
    expect(roster.inOtherGroups).toBe(51)
    const whole = await (await asPerson(kind, 'teacher1')).read()
    expect(whole.people).toHaveLength(62)
    expect(whole.inOtherGroups).toBeUndefined()
  })

  it('is read in a few requests, and again after an hour at the earliest', async () => {
    const { read } = await asPerson(kind, 'teacher1')
    simulator.requests.clear()
    const first = await read()
    const { length } = simulator.requests.all()
    expect(length).toBeGreaterThan(0)
    expect(length).toBeLessThanOrEqual(4)
    simulator.clock.advance(HOUR - 60)
    expect(await read()).toEqual(first)
    expect(simulator.requests.all()).toHaveLength(length)
    simulator.clock.advance(120)
    expect((await read()).timeRead).toBeGreaterThan(first.timeRead)
  })

  it('asked for twice at once is read once', async () => {
    const { read } = await asPerson(kind, 'teacher1')
    simulator.requests.clear()
    const [one, other] = await Promise.all([read(), read()])
    expect(other).toEqual(one)
    expect(simulator.requests.all().length).toBeLessThanOrEqual(4)
  })
})

describe('a large course over a session', () => {
  const STUDENTS = 300
  beforeEach(async () => {
    await simulator.close()
    simulator = await startSimulator({ students: STUDENTS })
  })

  it('is read with small tables only, and still tells everybody’s role', async () => {
    const { read } = await asPerson('session', 'teacher1')
    const roster = await read()
    expect(roster.people).toHaveLength(STUDENTS + 2)
    expect(person(roster, 3)?.roleIds).toEqual([3])
    expect(person(roster, 4)?.roleIds).toEqual([4])
    expect(roster.people.filter(({ roleIds }) => roleIds[0] === 5)).toHaveLength(STUDENTS)
  })

  it('shows a student of separate groups their own group’s', async () => {
    simulator.setGroupMode(2, SEPARATE)
    const roster = await (await asPerson('session', 'student1')).read()
    expect(idsOf(roster)).toEqual([3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])
  })

  it('does not show a student the suspended', async () => {
    simulator.suspendEnrolment(2, 'student200')
    const roster = await (await asPerson('session', 'student1')).read()
    expect(roster.people).toHaveLength(STUDENTS + 1)
    expect(idsOf(roster)).not.toContain(204)
  })
})

describe('where the site tells less', () => {
  it('a course without an activity is read all the same', async () => {
    for (const section of simulator.school.courses.get(3)?.sections ?? []) section.modules = []
    const { read } = await asPerson('session', 'teacher1')
    const roster = await read({ courseId: 3 })
    expect(roster.people).toHaveLength(62)
    expect(roster.rolesKnown).toBe(true)
  })

  it('a course that one is not in is an error, and nothing is kept of it', async () => {
    simulator.school.courses.get(3)?.enrolments.delete(30)
    simulator.school.coursesOf.get(30)?.delete(3)
    const { read, computer } = await asPerson('session', 'student26')
    await expect(read({ courseId: 3 })).rejects.toMatchObject({ kind: 'moodle' })
    expect(await computer.store.rosters.count()).toBe(0)
  })

  it('somebody in no group of separate groups sees nobody but themselves', async () => {
    simulator.setGroupMode(2, SEPARATE)
    const roster = await (await asPerson('session', 'student30')).read()
    expect(idsOf(roster)).toEqual([])
    expect(roster.rolesKnown).toBe(false)
  })
})

describe('what is kept of a course', () => {
  it('goes a month after it was last read', async () => {
    const { read, computer } = await asPerson('session', 'teacher1')
    await computer.engine.catchUp(computer.accountId)
    await read()
    simulator.clock.advance(31 * 24 * HOUR)
    await computer.engine.round(computer.accountId)
    expect(await computer.store.rosters.count()).toBe(0)
  })

  it('loses whoever is deleted on the site', async () => {
    const { read, computer } = await asPerson('session', 'teacher1')
    await computer.engine.catchUp(computer.accountId)
    await computer.engine.round(computer.accountId)
    expect(idsOf(await read())).toContain(5)
    simulator.user('student1').deleted = true
    simulator.clock.advance(25 * HOUR)
    await computer.engine.round(computer.accountId)
    const [kept] = await computer.store.rosters.toArray()
    expect(kept && idsOf(kept)).not.toContain(5)
  })
})
