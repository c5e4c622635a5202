import { computed, signal } from '@preact/signals'
import type { Draft } from '../../lib/dialogue/draft.ts'
import { readIds } from '../../lib/dialogue/id-list.ts'
import type { RuleDraft } from '../../lib/dialogue/open-rule.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createPickerModel } from './picker.ts'
import { createRecipientsModel } from './recipients.ts'

/**
 * Those picked by name, kept as a new dialogue keeps them so that the same picker serves both. `onChange` is told their
 * ids; whom a group stands for is known a moment after it was chosen.
 */
export function createHand(
  connection: Connection,
  { accountId, courseId }: RuleDraft,
  onChange: (userIds: number[]) => void,
) {
  const draft = signal<Draft>({ accountId, key: '', text: '', timeChanged: 0, messageKey: '' })
  const picker = createPickerModel(connection, { accountId, ...(courseId === undefined ? {} : { courseId }) })
  const put = (next: Draft) => {
    draft.value = next
  }
  const recipients = createRecipientsModel(connection, { accountId, draft, put })
  const who = computed(() => (recipients.isLoaded.value ? recipients.view.value.who : undefined))
  let ids: number[] = []
  const userIds = () => ids
  let isReady = false
  const unfollow = who.subscribe((next) => {
    if (next === undefined) return
    ids = readIds(next) ?? []
    if (isReady) onChange(ids)
  })

  /** With the names of those whom the rule means already. */
  async function begin(meant: readonly number[]): Promise<void> {
    void picker.begin()
    if (meant.length > 0) {
      const answer = await connection.ask('reach', { accountId, userIds: [...meant] }).catch(leaveAsIs)
      const named = new Map(answer?.people.map((person) => [person.id, person]))
      put({
        ...draft.value,
        several: meant.map((id) => ({ kind: 'person', person: named.get(id) ?? { id, fullName: '' } })),
      })
    }
    isReady = true
  }

  return {
    ...{ picker, recipients, isTooMany: signal(false), userIds, begin },
    stop(): void {
      unfollow()
      picker.stop()
      recipients.stop()
    },
  }
}
