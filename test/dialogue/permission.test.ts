import { describe, expect, it } from 'vitest'
import {
  EVERYBODY,
  type Habit,
  mostAtOnce,
  offeredBy,
  type SeveralPolicy,
  whyNot,
} from '../../lib/dialogue/permission.ts'
import type { Roster, RosterPerson } from '../../lib/dialogue/roster.ts'

const [TEACHER, REP, ONE, OTHER] = [3, 5, 6, 7] as const

function someone(userId: number, change: Partial<RosterPerson> = {}): RosterPerson {
  return { userId, fullName: `Person ${userId}`, roleIds: [5], groupIds: [], isSuspended: false, ...change }
}

const roster: Roster = {
  courseId: 2,
  people: [
    someone(TEACHER, { roleIds: [3] }),
    someone(REP, { groupIds: [9] }),
    someone(ONE),
    someone(OTHER, { roleIds: [5, 12] }),
  ],
  roles: [
    { id: 3, name: 'Teacher', isTeacher: true },
    { id: 5, name: 'Student', isTeacher: false },
  ],
  groups: [{ id: 9, name: 'Speakers' }],
  rolesKnown: true,
  groupsKnown: true,
  timeRead: 0,
}

function offered(habit: Habit, me: number, change: Partial<Roster> = {}): number[] {
  const whole = { ...roster, ...change }
  return whole.people.filter(offeredBy(habit, whole, me)).map(({ userId }) => userId)
}

describe('who writes to whom', () => {
  const ALL = [TEACHER, REP, ONE, OTHER]

  it('is everybody to everybody unless the course has another habit', () => {
    expect(offered(EVERYBODY, ONE)).toEqual(ALL)
  })

  it('is students to teachers, and teachers to everybody', () => {
    expect(offered({ kind: 'to-teachers' }, ONE)).toEqual([TEACHER])
    expect(offered({ kind: 'to-teachers' }, TEACHER)).toEqual(ALL)
  })

  it.each<[string, Habit, number]>([
    ['named', { kind: 'representatives', userIds: [REP] }, REP],
    ['of a group', { kind: 'representatives', groupIds: [9] }, REP],
    ['of a role', { kind: 'representatives', roleIds: [12] }, OTHER],
  ])('is students to class representatives too, %s, who write to everybody', (_, habit, representative) => {
    expect(offered(habit, ONE)).toEqual([TEACHER, representative].toSorted((a, b) => a - b))
    expect(offered(habit, representative)).toEqual(ALL)
  })

  it('cannot be followed where roles are not known, or where one is not in the course oneself', () => {
    expect(offered({ kind: 'to-teachers' }, ONE, { rolesKnown: false })).toEqual(ALL)
    expect(offered({ kind: 'to-teachers' }, 99)).toEqual(ALL)
  })
})

describe('how many at once', () => {
  it.each<[SeveralPolicy | undefined, number, number]>([
    [undefined, TEACHER, Number.POSITIVE_INFINITY],
    [undefined, ONE, 5],
    ['teachers', TEACHER, Number.POSITIVE_INFINITY],
    ['teachers', ONE, 1],
    ['everybody', ONE, Number.POSITIVE_INFINITY],
    ['nobody', TEACHER, 1],
  ])('under the policy %s person %i may write to %d', (policy, me, most) => {
    expect(mostAtOnce(policy, roster, me)).toBe(most)
  })

  it('nobody is a teacher outside of a course', () =>
    expect(mostAtOnce(undefined, undefined, TEACHER)).toBe(5))
})

describe('why not', () => {
  it.each([
    [{ canMessage: true }, undefined],
    [{ canMessage: true, requiresContact: true }, undefined],
    [{}, undefined],
    [{ canMessage: false, requiresContact: true }, 'contacts-only'],
    [{ canMessage: false, requiresContact: false }, 'no-messaging'],
    [{ canMessage: false, isDeleted: true }, 'deleted'],
    [undefined, 'not-shown'],
  ])('of %j is %s', (member, reason) => expect(whyNot(member)).toBe(reason))

  it('says first that somebody is shut out of the course', () => {
    expect(whyNot({ canMessage: false, requiresContact: true }, true)).toBe('suspended')
  })
})
