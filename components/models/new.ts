import { computed } from '@preact/signals'
import { courseIdOf } from '../../lib/dialogue/begun.ts'
import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import type { Several } from '../../lib/dialogue/rule-views.ts'
import { type NewDialogueSeed, quoted, seedKey } from '../../lib/dialogue/seed.ts'
import type { Sent } from '../../lib/extension/protocol.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createDraftModel, putOff } from './draft.ts'
import { createPickerModel, type PickerAt } from './picker.ts'
import { aboutOf, type Place } from './place.ts'
import { createRecipientsModel } from './recipients.ts'
import { randomKey } from './ref.ts'

export function newDraftKey(place: Place | undefined): string {
  return `new/${place?.courseId ?? 0}/${place?.cmid ?? 0}`
}

/** A first message that came back by undo; it keeps the page it was begun on. */
export function isTakenBack(key: string): boolean {
  return /^new\/[0-9a-z]{12}$/.test(key)
}

export function beginNew(accountId: AccountId, place: Place | undefined): Draft {
  const about = place && aboutOf(place)
  return {
    accountId,
    key: newDraftKey(place),
    text: '',
    timeChanged: 0,
    messageKey: randomKey(),
    ...(place?.name === undefined ? {} : { subject: place.name }),
    ...(about === undefined ? {} : { about }),
  }
}

/** From a page's action. */
export function beginFrom(accountId: AccountId, seed: NewDialogueSeed): Draft {
  const { to, subject, about, quote } = seed
  const [only] = to.length === 1 ? to : []
  return {
    accountId,
    key: seedKey(seed),
    text: quoted(quote ?? ''),
    timeChanged: 0,
    messageKey: randomKey(),
    ...(only ? { to: only } : {}),
    ...(to.length > 1 ? { several: to.map((person) => ({ kind: 'person' as const, person })) } : {}),
    ...(subject === undefined ? {} : { subject }),
    ...(about === undefined ? {} : { about }),
  }
}

export type NewModel = ReturnType<typeof createNewModel>

function startOf(begin: Draft, place: Place | undefined, seed: NewDialogueSeed | undefined): PickerAt {
  const courseId = seed?.courseId ?? courseIdOf(begin) ?? place?.courseId
  const cmid = courseId === place?.courseId ? place?.cmid : begin.about?.cmid
  return {
    accountId: begin.accountId,
    ...(courseId === undefined ? {} : { courseId }),
    ...(cmid === undefined ? {} : { cmid }),
  }
}

export function createNewModel(
  connection: Connection,
  begin: Draft,
  place: Place | undefined,
  seed?: NewDialogueSeed,
) {
  const { ask } = connection
  const model = createDraftModel(connection, begin)
  const { draft } = model
  const picker = createPickerModel(connection, startOf(begin, place, seed))
  const put = (next: Draft) => {
    draft.value = next
    model.change({})
  }
  const recipients = createRecipientsModel(connection, { accountId: begin.accountId, draft, put })
  const { view, getting, isLoaded, isSeveral } = recipients
  void picker.begin()

  /** More than this person may write to at once. */
  const isTooMany = computed(() => {
    const most = picker.found.value?.most
    return most !== undefined && view.value.count > most
  })

  async function sendToSeveral(sendAt?: number): Promise<Sent | Several | undefined> {
    const who = recipients.who()
    const { courseId } = picker.at.value
    const course = courseId === undefined ? {} : { courseId }
    return model.sendBy((draft) => ask('sendToSeveral', { draft: putOff(draft, sendAt), who, ...course }))
  }

  return {
    ...model,
    ...{ id: begin.messageKey, place, seed, picker, recipients, isTooMany },
    canSend: computed(
      () =>
        !model.isBlank.value &&
        !model.isTooLong.value &&
        !isTooMany.value &&
        isLoaded.value &&
        (isSeveral.value ? getting.value > 0 : draft.value.to !== undefined) &&
        (draft.value.subject ?? '').trim() !== '' &&
        model.state.value !== 'sending',
    ),
    send: async (sendAt?: number): Promise<Sent | Several | undefined> =>
      isSeveral.value ? sendToSeveral(sendAt) : model.send(sendAt),
    /** The student whose work is on screen, if the site lets us write to them. */
    async pickFromPage(): Promise<void> {
      const id = place?.personId
      if (id === undefined || recipients.chosen.value.length > 0) return
      const answer = await ask('reach', { accountId: begin.accountId, userIds: [id] }).catch(leaveAsIs)
      const person = answer?.people.find((one) => one.id === id)
      const isFree = recipients.chosen.value.length === 0
      if (person && answer?.cannot.length === 0 && isFree) recipients.add(person)
    },
    stop(): void {
      model.stop()
      picker.stop()
      recipients.stop()
    },
  }
}
