import { signal } from '@preact/signals'
import type { Draft } from '../../lib/dialogue/draft.ts'
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
  const userIds = () => recipients.all.value.map(({ id }) => id)
  let isReady = false
  const unfollow = recipients.all.subscribe((all) => {
    if (isReady) onChange(all.map(({ id }) => id))
  })

  /** With the names of those whom the rule means already. */
  async function begin(ids: readonly number[]): Promise<void> {
    void picker.begin()
    if (ids.length > 0) {
      const answer = await connection.ask('reach', { accountId, userIds: [...ids] }).catch(leaveAsIs)
      const named = new Map(answer?.people.map((person) => [person.id, person]))
      put({
        ...draft.value,
        several: ids.map((id) => ({ kind: 'person', person: named.get(id) ?? { id, fullName: '' } })),
      })
      recipients.begin()
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
