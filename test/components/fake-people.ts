import { everybody } from '../../lib/dialogue/chosen.ts'
import { writeIds } from '../../lib/dialogue/id-list.ts'
import type { FoundPeople, PickerPerson, Whole } from '../../lib/dialogue/people-views.ts'
import type { Habit, WhyNot } from '../../lib/dialogue/permission.ts'
import type { Protocol } from '../../lib/extension/protocol.ts'

export interface FakePeople {
  recipients: PickerPerson[]
  strangers: PickerPerson[]
  wholes: (Whole & { people: PickerPerson[] })[]
  cannot: Map<number, WhyNot>
  habits: Map<number, Habit>
  found: Partial<FoundPeople>
}

type Names = 'people' | 'furtherPeople' | 'choice' | 'members' | 'reach' | 'habit' | 'saveHabit'

const holds = (name: string, typed: string) => name.toLowerCase().includes(typed.trim().toLowerCase())

/** A worker's answers about people, where there are these. */
export function peopleAnswers(world: () => FakePeople): Pick<Protocol, Names> {
  const cannot = (userIds: number[]) =>
    userIds.flatMap((userId) => {
      const why = world().cannot.get(userId)
      return why ? [{ userId, why }] : []
    })
  return {
    people: ({ typed }) => ({
      state: 'known',
      people: world().recipients.filter(({ fullName }) => holds(fullName, typed)),
      more: 0,
      wholes: world()
        .wholes.filter(({ name }) => holds(name, typed))
        .map(({ people: _, ...whole }) => whole),
      rolesKnown: true,
      groupsKnown: true,
      isLimited: false,
      isTeacher: true,
      ...world().found,
    }),
    furtherPeople: ({ typed, userIds }) => ({
      cannot: cannot(userIds),
      people: world().strangers.filter(({ fullName }) => typed.length > 1 && holds(fullName, typed)),
    }),
    choice: ({ chosen, asksSite }) => {
      const known = new Map(
        world().wholes.map((one) => [`${one.kind} ${one.courseId} ${one.id}`, one.people]),
      )
      const all = everybody(chosen, known)
      const out = asksSite ? cannot(all.map(({ id }) => id)) : []
      return {
        who: writeIds(all.map(({ id }) => id)),
        count: all.length,
        counts: Object.fromEntries([...known].map(([key, people]) => [key, people.length])),
        cannot: out,
        unreachable: all.filter(({ id }) => out.some(({ userId }) => userId === id)),
        unasked: 0,
      }
    },
    members: ({ kind, id, from, limit }) => {
      const people = world().wholes.find((one) => one.kind === kind && one.id === id)?.people ?? []
      return { people: people.slice(from, from + limit), count: people.length }
    },
    reach: ({ userIds }) => ({
      people: [...world().recipients, ...world().strangers].filter(({ id }) => userIds.includes(id)),
      cannot: cannot(userIds),
      unasked: 0,
    }),
    habit: ({ courseId = 0 }) => world().habits.get(courseId),
    saveHabit: ({ courseId = 0, habit }) => {
      if (habit) world().habits.set(courseId, habit)
      else world().habits.delete(courseId)
    },
  }
}
