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

type Names = 'people' | 'furtherPeople' | 'members' | 'reach' | 'habit' | 'saveHabit'

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
    members: ({ kind, id }) => world().wholes.find((one) => one.kind === kind && one.id === id)?.people ?? [],
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
