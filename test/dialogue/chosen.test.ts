import { describe, expect, it } from 'vitest'
import { type Chosen, choiceKey, everybody, isChosen } from '../../lib/dialogue/chosen.ts'
import { ANNA, BEN, pickable } from '../example.ts'

const STUDENTS: Chosen = { kind: 'role', courseId: 2, id: 5, name: 'Student', without: [] }
const GROUP: Chosen = { kind: 'group', courseId: 2, id: 1, name: 'Group A', without: [] }
const without = (chosen: Chosen, id: number): Chosen => ({ ...chosen, without: [id] }) as Chosen

describe('a choice', () => {
  it('is for everybody once, in the order chosen, less who was taken out', () => {
    const members = new Map([
      ['group 2 1', [ANNA, BEN]],
      ['role 2 5', [BEN]],
    ])
    const chosen: Chosen[] = [{ kind: 'person', person: BEN }, without(GROUP, ANNA.id), STUDENTS]
    expect(everybody(chosen, members)).toEqual([BEN])
    expect(everybody([GROUP, STUDENTS], members)).toEqual([ANNA, BEN])
  })

  it('is another one when somebody is taken out of it, and the same when its text is typed on', () => {
    expect(choiceKey([GROUP])).toBe(choiceKey([{ ...GROUP }]))
    expect(choiceKey([GROUP])).not.toBe(choiceKey([without(GROUP, ANNA.id)]))
    expect(choiceKey([GROUP])).not.toBe(choiceKey([{ ...GROUP, courseId: 3 } as Chosen]))
  })
})

describe('somebody of the course', () => {
  const anna = pickable(ANNA, { groups: ['Group A'], roles: [{ id: 5, name: 'Student', isTeacher: false }] })

  it.each([
    ['by name', [{ kind: 'person', person: ANNA }], 2, true],
    ['by a role', [STUDENTS], 2, true],
    ['by a group', [GROUP], 2, true],
    ['not after having been taken out', [without(GROUP, ANNA.id)], 2, false],
    ['not by a group of another course', [GROUP], 3, false],
    ['not by a role of others', [{ ...STUDENTS, id: 3 }], 2, false],
  ] as [string, Chosen[], number, boolean][])('is chosen %s', (_, chosen, courseId, expected) => {
    expect(isChosen(chosen, anna, courseId)).toBe(expected)
  })
})
