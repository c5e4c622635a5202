import { computed, type ReadonlySignal, signal } from '@preact/signals'
import {
  type Chosen,
  type ChosenWhole,
  chosenKey,
  chosenOf,
  everybody,
  withChosen,
} from '../../lib/dialogue/chosen.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import type { Participant } from '../../lib/dialogue/participant.ts'
import type { PickerPerson, ReachAnswer, Whole } from '../../lib/dialogue/people-views.ts'
import { type Connection, leaveAsIs } from './connection.ts'

const ASK_AFTER_MS = 300

type Members = ReadonlyMap<string, PickerPerson[]>

export interface Beginning {
  accountId: string
  draft: ReadonlySignal<Draft>
  put: (draft: Draft) => void
}

export type RecipientsModel = ReturnType<typeof createRecipientsModel>

/** Whom the draft goes to, and who of them cannot be reached. */
export function createRecipientsModel({ ask }: Connection, { accountId, draft, put }: Beginning) {
  const chosen = computed(() => chosenOf(draft.value))
  const members = signal<Members>(new Map())
  const reached = signal<ReachAnswer>({ people: [], cannot: [], unasked: 0 })
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  const all = computed(() => everybody(chosen.value, members.value))
  /** With the reason; who is shut out of the course is known without asking. */
  const cannot = computed(() => {
    const why = new Map(reached.value.cannot.map((one) => [one.userId, one.why]))
    return all.value.flatMap((person) => {
      const reason = why.get(person.id)
      return reason ? [{ person, why: reason }] : []
    })
  })
  const getting = computed(() => {
    const out = new Set(cannot.value.map(({ person }) => person.id))
    return all.value.filter(({ id }) => !out.has(id))
  })
  const isLoaded = computed(() =>
    chosen.value.every((one) => one.kind === 'person' || members.value.has(chosenKey(one))),
  )

  async function load(whole: ChosenWhole): Promise<void> {
    const { courseId, kind, id } = whole
    const people = await ask('members', { accountId, courseId, kind, id }).catch(leaveAsIs)
    if (people) members.value = new Map(members.value).set(chosenKey(whole), people)
  }

  async function askReach(): Promise<void> {
    turn += 1
    const mine = turn
    const userIds = all.value.map(({ id }) => id)
    const answer = await ask('reach', { accountId, userIds }).catch(leaveAsIs)
    if (answer && mine === turn) reached.value = answer
  }

  function changed(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void loadAndAsk(), ASK_AFTER_MS)
  }

  async function loadAndAsk(): Promise<void> {
    const missing = chosen.value.filter((one) => one.kind !== 'person' && !members.value.has(chosenKey(one)))
    await Promise.all(missing.map((one) => load(one as ChosenWhole)))
    if (all.value.length > 0) await askReach()
  }

  function choose(next: Chosen[]): void {
    put(withChosen(draft.value, next))
    changed()
  }

  return {
    ...{ chosen, members, all, cannot, getting, isLoaded, reached },
    isSeveral: computed(() => draft.value.several !== undefined),
    begin: changed,
    add(person: Participant): void {
      const { id, fullName, pictureUrl } = person
      const kept = { id, fullName, ...(pictureUrl ? { pictureUrl } : {}) }
      if (!all.value.some((one) => one.id === id)) choose([...chosen.value, { kind: 'person', person: kept }])
    },
    async addWhole({ kind, courseId, id, name }: Whole): Promise<void> {
      const whole: ChosenWhole = { kind, courseId, id, name, without: [] }
      if (chosen.value.some((one) => chosenKey(one) === chosenKey(whole))) return
      choose([...chosen.value, whole])
      await load(whole)
    },
    remove(key: string): void {
      choose(chosen.value.filter((one) => chosenKey(one) !== key))
    },
    /** Ticks or unticks one of a whole. */
    toggle(key: string, userId: number): void {
      choose(
        chosen.value.map((one) =>
          chosenKey(one) === key && one.kind !== 'person' ? toggled(one, userId) : one,
        ),
      )
    },
    stop: () => clearTimeout(timer),
  }
}

function toggled(whole: ChosenWhole, userId: number): ChosenWhole {
  const isOut = whole.without.includes(userId)
  return {
    ...whole,
    without: isOut ? whole.without.filter((id) => id !== userId) : [...whole.without, userId],
  }
}
