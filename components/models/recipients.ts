import { computed, type ReadonlySignal, signal } from '@preact/signals'
import {
  type Chosen,
  type ChosenWhole,
  choiceKey,
  chosenKey,
  chosenOf,
  everybody,
  isChosen,
  wholesIn,
  withChosen,
} from '../../lib/dialogue/chosen.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import { readIds, writeIds } from '../../lib/dialogue/id-list.ts'
import type { Participant } from '../../lib/dialogue/participant.ts'
import {
  type ChoiceView,
  NOBODY_CHOSEN,
  type PickerPerson,
  type Whole,
} from '../../lib/dialogue/people-views.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createMembers } from './members.ts'

const ASK_AFTER_MS = 300

export interface Beginning {
  accountId: string
  draft: ReadonlySignal<Draft>
  put: (draft: Draft) => void
}

export type RecipientsModel = ReturnType<typeof createRecipientsModel>

/** People alone are known here; what is known of them by the site stays until it was asked again. */
function ofPeople(chosen: readonly Chosen[], { cannot, unreachable, unasked }: ChoiceView): ChoiceView {
  const ids = everybody(chosen, new Map()).map(({ id }) => id)
  return {
    who: writeIds(ids),
    count: ids.length,
    counts: {},
    cannot: cannot.filter(({ userId }) => ids.includes(userId)),
    unreachable: unreachable.filter(({ id }) => ids.includes(id)),
    unasked,
  }
}

function withoutThose(who: string, cannot: ChoiceView['cannot']): string {
  const out = new Set(cannot.map(({ userId }) => userId))
  return out.size === 0 ? who : writeIds((readIds(who) ?? []).filter((id) => !out.has(id)))
}

function createChoosing(chosen: ReadonlySignal<Chosen[]>, choose: (next: Chosen[]) => void) {
  return {
    add({ id, fullName, pictureUrl }: Participant): void {
      const isIn = chosen.value.some((one) => one.kind === 'person' && one.person.id === id)
      const kept = { id, fullName, ...(pictureUrl ? { pictureUrl } : {}) }
      if (!isIn) choose([...chosen.value, { kind: 'person', person: kept }])
    },
    addWhole({ kind, courseId, id, name }: Whole): void {
      const whole: ChosenWhole = { kind, courseId, id, name, without: [] }
      if (!chosen.value.some((one) => chosenKey(one) === chosenKey(whole))) choose([...chosen.value, whole])
    },
    remove(gone: string): void {
      choose(chosen.value.filter((one) => chosenKey(one) !== gone))
    },
    /** Ticks or unticks one of a whole. */
    toggle(whole: string, userId: number): void {
      choose(
        chosen.value.map((one) =>
          chosenKey(one) === whole && one.kind !== 'person' ? toggled(one, userId) : one,
        ),
      )
    },
  }
}

/** Whom the draft goes to, and who of them cannot be reached: as many as they are, the worker tells only the numbers. */
export function createRecipientsModel(connection: Connection, { accountId, draft, put }: Beginning) {
  const { ask, onChange } = connection
  const chosen = computed(() => chosenOf(draft.value))
  const key = computed(() => choiceKey(chosen.value))
  const answered = signal<{ key: string; view: ChoiceView } | undefined>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  const hasWholes = computed(() => wholesIn(chosen.value).length > 0)
  const view = computed(() => {
    const last = answered.value?.view ?? NOBODY_CHOSEN
    return hasWholes.value || answered.value?.key === key.value ? last : ofPeople(chosen.value, last)
  })
  const isLoaded = computed(
    () =>
      !hasWholes.value ||
      (answered.value?.key === key.value &&
        wholesIn(chosen.value).every((one) => view.value.counts[chosenKey(one)] !== undefined)),
  )

  async function look(asksSite: boolean): Promise<void> {
    turn += 1
    const mine = turn
    const of = { key: key.peek(), chosen: chosen.peek() }
    const answer = await ask('choice', { accountId, chosen: of.chosen, asksSite }).catch(leaveAsIs)
    if (answer && mine === turn) answered.value = { key: of.key, view: answer }
  }

  function changed(): void {
    clearTimeout(timer)
    turn += 1
    if (chosen.peek().length === 0) return
    if (hasWholes.peek()) void look(false)
    timer = setTimeout(() => void look(true), ASK_AFTER_MS)
  }

  const unfollow = key.subscribe(changed)
  const unheard = onChange(({ topics, accountId: of }) => {
    const isOurs = of === undefined || of === accountId
    if (isOurs && topics.includes('people') && hasWholes.peek()) changed()
  })

  return {
    ...{ chosen, view, isLoaded },
    ...createChoosing(chosen, (next) => put(withChosen(draft.value, next))),
    isSeveral: computed(() => draft.value.several !== undefined),
    getting: computed(() => view.value.count - view.value.cannot.length),
    /** Everybody who gets it, as the worker is told. */
    who: () => withoutThose(view.value.who, view.value.cannot),
    /** How many of this whole; unknown for a moment. */
    countOf(whole: ChosenWhole): number | undefined {
      const count = view.value.counts[chosenKey(whole)]
      return count === undefined ? undefined : count - whole.without.length
    },
    holds: (person: PickerPerson, courseId?: number) => isChosen(chosen.value, person, courseId),
    members: (whole: ChosenWhole) => createMembers(connection, accountId, whole),
    stop(): void {
      clearTimeout(timer)
      turn += 1
      unfollow()
      unheard()
    },
  }
}

function toggled(whole: ChosenWhole, userId: number): ChosenWhole {
  const isOut = whole.without.includes(userId)
  return {
    ...whole,
    without: isOut ? whole.without.filter((id) => id !== userId) : [...whole.without, userId],
  }
}
