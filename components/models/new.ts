import { computed, signal } from '@preact/signals'
import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import { type NewDialogueSeed, quoted, seedKey } from '../../lib/dialogue/seed.ts'
import type { Recipient } from '../../lib/dialogue/views.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createDraftModel } from './draft.ts'
import type { Place } from './place.ts'
import { aboutOf } from './place.ts'
import { randomKey } from './ref.ts'

const SEARCH_AFTER_MS = 120

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

/** From a page's action; for several people the pane takes them from the seed. */
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
    ...(subject === undefined ? {} : { subject }),
    ...(about === undefined ? {} : { about }),
  }
}

export type NewModel = ReturnType<typeof createNewModel>

export function createNewModel(
  connection: Connection,
  begin: Draft,
  place: Place | undefined,
  seed?: NewDialogueSeed,
) {
  const { ask } = connection
  const model = createDraftModel(connection, begin)
  const found = signal<Recipient[] | undefined>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function recipients(typed: string): Promise<Recipient[] | undefined> {
    const where = {
      ...(place?.courseId === undefined ? {} : { courseId: place.courseId }),
      ...(place?.cmid === undefined ? {} : { cmid: place.cmid }),
    }
    return ask('recipients', { accountId: begin.accountId, ...where, typed }).catch(leaveAsIs)
  }

  async function look(typed: string): Promise<void> {
    turn += 1
    const mine = turn
    const answer = await recipients(typed)
    if (answer && mine === turn) found.value = answer
  }

  return {
    ...model,
    ...{ id: begin.messageKey, place, seed },
    found,
    canSend: computed(
      () =>
        !model.isBlank.value &&
        !model.isTooLong.value &&
        model.draft.value.to !== undefined &&
        (model.draft.value.subject ?? '').trim() !== '' &&
        model.state.value !== 'sending',
    ),
    search(typed: string): void {
      clearTimeout(timer)
      timer = setTimeout(look, SEARCH_AFTER_MS, typed)
    },
    pick(recipient: Recipient): void {
      const { trouble: _, ...to } = recipient
      model.change({ to })
    },
    unpick(): void {
      const { to: _, ...rest } = model.draft.value
      model.draft.value = rest
      model.change({})
    },
    /** The student whose work is on screen, if the site lets us write to them. */
    async pickFromPage(): Promise<void> {
      if (place?.personId === undefined || model.draft.value.to) return
      const people = await recipients(place.personName ?? '')
      const person = people?.find(({ id, trouble }) => id === place.personId && trouble === undefined)
      if (person && !model.draft.value.to) this.pick(person)
    },
  }
}
