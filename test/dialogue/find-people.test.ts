import { describe, expect, it } from 'vitest'
import { pickerPeople } from '../../lib/dialogue/find-people.ts'
import type { Roster, RosterPerson } from '../../lib/dialogue/roster.ts'

const ME = 3

function rosterWith(...lasts: Pick<RosterPerson, 'timeLastInCourse' | 'lastInCourse'>[]): Roster {
  const people = lasts.map((last, at) => ({
    ...{ userId: ME + at, fullName: `Person ${at}`, roleIds: [], groupIds: [], isSuspended: false },
    ...last,
  }))
  return { courseId: 2, people, roles: [], groups: [], rolesKnown: false, groupsKnown: false, timeRead: 0 }
}

const shown = (roster: Roster) =>
  pickerPeople(roster, ME, roster.people.slice(1)).map(
    ({ timeLastInCourse, lastInCourse }) => timeLastInCourse ?? lastInCourse,
  )

describe('when somebody was last in the course', () => {
  it('is said, and "never" too, where somebody else was seen there', () => {
    expect(shown(rosterWith({}, { timeLastInCourse: 0 }, { timeLastInCourse: 900 }))).toEqual([0, 900])
    expect(shown(rosterWith({}, { lastInCourse: 'Nie' }, { lastInCourse: '2 Tage' }))).toEqual([
      'Nie',
      '2 Tage',
    ])
  })

  it('is said of nobody where only oneself was: such a site keeps no times', () => {
    const seen = { timeLastInCourse: 900 }
    expect(shown(rosterWith(seen, { timeLastInCourse: 0 }, { timeLastInCourse: 0 }))).toEqual([
      undefined,
      undefined,
    ])
    expect(shown(rosterWith({ lastInCourse: '1 hour' }, { lastInCourse: 'Never' }))).toEqual([undefined])
  })
})
