import { signal } from '@preact/signals'
import type { ChosenWhole } from '../../lib/dialogue/chosen.ts'
import type { PickerPerson } from '../../lib/dialogue/people-views.ts'
import { type Connection, leaveAsIs } from './connection.ts'

/** So many are read and drawn at once: thousands would make the panel stutter. */
const PART = 40

export type MembersModel = ReturnType<typeof createMembers>

/** The people of a whole, a part at a time as one comes near its end. */
export function createMembers({ ask }: Connection, accountId: string, { kind, courseId, id }: ChosenWhole) {
  const parts = signal<PickerPerson[][]>([])
  /** Unknown until the first have come. */
  const more = signal<number | undefined>()
  let isReading = false

  async function read(): Promise<void> {
    const from = parts.value.length * PART
    const answer = await ask('members', { accountId, kind, courseId, id, from, limit: PART }).catch(leaveAsIs)
    if (!answer) return
    if (answer.people.length > 0) parts.value = [...parts.value, answer.people]
    more.value = Math.max(0, answer.count - from - answer.people.length)
  }

  return {
    ...{ parts, more },
    async readMore(): Promise<void> {
      if (isReading || more.value === 0) return
      isReading = true
      await read()
      isReading = false
    },
  }
}
