import { signal } from '@preact/signals'
import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { Participant } from '../../lib/dialogue/participant.ts'
import type { Habit } from '../../lib/dialogue/permission.ts'
import type { WholeKind } from '../../lib/dialogue/roster.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createPickerModel } from './picker.ts'

export interface HabitAt {
  accountId: AccountId
  /** Without one: the whole site. */
  courseId?: number
}

export type HabitModel = ReturnType<typeof createHabitModel>

type Representatives = Extract<Habit, { kind: 'representatives' }>

function toggled(ids: readonly number[] = [], id: number): number[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]
}

/** Who writes to whom, of one site or course. */
export function createHabitModel(connection: Connection, at: HabitAt) {
  const { ask } = connection
  const habit = signal<Habit | undefined>()
  const named = signal<Participant[]>([])
  const picker = createPickerModel(connection, at)

  let isChanged = false

  async function save(next: Habit | undefined): Promise<void> {
    isChanged = true
    habit.value = next
    await ask('saveHabit', { ...at, ...(next ? { habit: next } : {}) }).catch(leaveAsIs)
  }

  async function load(): Promise<void> {
    const value = await ask('habit', at).catch(leaveAsIs)
    // Whoever was quicker than the answer knows better.
    if (isChanged) return
    habit.value = value
    if (value?.kind !== 'representatives') return
    void picker.begin()
    const userIds = value.userIds ?? []
    if (userIds.length === 0) return
    const answer = await ask('reach', { accountId: at.accountId, userIds }).catch(leaveAsIs)
    named.value = answer?.people ?? []
  }

  const change = (patch: (now: Representatives) => Partial<Representatives>) => {
    const now = habit.value
    return now?.kind === 'representatives' ? save({ ...now, ...patch(now) }) : undefined
  }

  return {
    ...{ at, habit, named, picker, load },
    choose(kind: Habit['kind'] | 'as-site'): Promise<void> {
      if (kind === 'representatives') void picker.begin()
      return save(kind === 'as-site' ? undefined : { kind })
    },
    async addPerson(person: Participant): Promise<void> {
      named.value = [...named.value.filter(({ id }) => id !== person.id), person]
      await change(({ userIds = [] }) => ({ userIds: [...new Set([...userIds, person.id])] }))
    },
    removePerson: (id: number) => change(({ userIds }) => ({ userIds: toggled(userIds, id) })),
    toggleWhole: (kind: WholeKind, id: number) =>
      change((now) =>
        kind === 'group' ? { groupIds: toggled(now.groupIds, id) } : { roleIds: toggled(now.roleIds, id) },
      ),
    stop: picker.stop,
  }
}
