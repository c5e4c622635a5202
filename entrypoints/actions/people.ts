import { placeOf } from '../../components/panel/page-place.ts'
import type { PageAsk, PagePeople } from '../../lib/dialogue/page-people.ts'
import type { Participant } from '../../lib/dialogue/participant.ts'
import { ask } from '../../lib/extension/light-ask.ts'

/** What the worker knows of the people on this page; each is asked after once. */
export function createPeople(wwwroot: string) {
  const asked = new Set<number>()
  const reachable = new Map<number, Participant>()
  let known: Omit<PagePeople, 'people'> = { isHidden: false }
  let isAsked = false

  return {
    get known() {
      return known
    },
    reach: (id: number) => reachable.get(id),
    /** Asks once for all who are new. */
    async learn(ids: readonly number[]): Promise<void> {
      const personIds = ids.filter((id) => !asked.has(id))
      if (isAsked && personIds.length === 0) return
      isAsked = true
      for (const id of personIds) asked.add(id)
      const { courseId, cmid } = placeOf(wwwroot)
      const question: PageAsk = { personIds, ...(courseId ? { courseId } : {}), ...(cmid ? { cmid } : {}) }
      const { people, ...rest } = await ask('pagePeople', question)
      known = { ...known, ...rest }
      for (const person of people) reachable.set(person.id, person)
    },
  }
}

export type PeopleOfPage = ReturnType<typeof createPeople>
