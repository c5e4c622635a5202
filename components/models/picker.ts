import { computed, signal } from '@preact/signals'
import { type FoundPeople, NOBODY_FOUND, type PickerPerson } from '../../lib/dialogue/people-views.ts'
import type { WhyNot } from '../../lib/dialogue/permission.ts'
import { type Connection, leaveAsIs } from './connection.ts'

/** The site is asked after a pause in typing, once. */
export const PAUSE_MS = 300

export interface PickerAt {
  accountId: string
  courseId?: number
  cmid?: number
}

export type PickerModel = ReturnType<typeof createPickerModel>

/** Who may be chosen: the course's people with every letter, what only the site knows after a pause. */
export function createPickerModel({ ask, onChange }: Connection, start: PickerAt) {
  const at = signal(start)
  const found = signal<FoundPeople | undefined>()
  const others = signal<PickerPerson[]>([])
  const why = signal<ReadonlyMap<number, WhyNot>>(new Map())
  let typed = ''
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function askSite(mine: number): Promise<void> {
    const userIds = found.value?.people.map(({ id }) => id) ?? []
    const answer = await ask('furtherPeople', { ...at.value, typed, userIds }).catch(leaveAsIs)
    if (!answer || mine !== turn) return
    others.value = answer.people
    why.value = new Map(answer.cannot.map((one) => [one.userId, one.why]))
  }

  async function look(): Promise<void> {
    turn += 1
    const mine = turn
    clearTimeout(timer)
    const answer = await ask('people', { ...at.value, typed }).catch(leaveAsIs)
    if (mine !== turn) return
    found.value = answer ?? NOBODY_FOUND
    // Nobody is asked about before somebody looks for them.
    if (answer && (typed !== '' || isOpen)) timer = setTimeout(() => void askSite(mine), PAUSE_MS)
  }

  let isOpen = false
  const stop = onChange(({ topics, accountId }) => {
    if (topics.includes('people') && (accountId === undefined || accountId === at.value.accountId))
      void look()
  })

  return {
    ...{ at, found },
    people: computed((): PickerPerson[] => {
      const here = found.value?.people ?? []
      const known = here.map((person) => {
        const reason = person.whyNot ?? why.value.get(person.id)
        return reason ? { ...person, whyNot: reason } : person
      })
      return [...known, ...others.value]
    }),
    /** Of the people, from where on they are not of the course. */
    othersFrom: computed(() => found.value?.people.length ?? 0),
    type(next: string): Promise<void> {
      typed = next
      isOpen = true
      others.value = []
      return look()
    },
    /** What is known of the course, before anything is typed. */
    begin: look,
    setCourse(courseId: number | undefined): Promise<void> {
      const { courseId: _, cmid: _cmid, ...rest } = at.value
      at.value = courseId === undefined ? rest : { ...rest, courseId }
      typed = ''
      others.value = []
      return look()
    },
    stop(): void {
      clearTimeout(timer)
      stop()
    },
  }
}
