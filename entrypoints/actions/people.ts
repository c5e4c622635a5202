import { idsOfPage } from '../../components/panel/page-place.ts'
import type { PageAsk, PagePeople } from '../../lib/dialogue/page-people.ts'
import type { Participant } from '../../lib/dialogue/participant.ts'
import { ask } from '../../lib/extension/light-ask.ts'

/** Longer than this nobody waits for a panel; the person can pick for themselves. */
const PATIENCE_MS = 1500

const late = () => new Promise<Participant[]>((done) => setTimeout(done, PATIENCE_MS, []))

/** What the worker knows of the people on this page; each is asked after once. */
export function createPeople() {
  const asked = new Set<number>()
  const reachable = new Map<number, Participant>()
  let known: Omit<PagePeople, 'people'> = { isHidden: false }
  let isAsked = false
  let teachers: Promise<Participant[]> | undefined

  return {
    get known() {
      return known
    },
    /** Whom a student asks; begun when the pointer comes near. */
    teachers(): Promise<Participant[]> {
      const { courseId } = idsOfPage()
      if (courseId === undefined || known.isTeacher === true) return Promise.resolve([])
      teachers ??= ask('courseTeachers', { courseId }).catch(() => [])
      return Promise.race([teachers, late()])
    },
    reach: (id: number) => reachable.get(id),
    /** Asks once for all who are new. */
    async learn(ids: readonly number[], assignmentId?: number): Promise<void> {
      const personIds = ids.filter((id) => !asked.has(id))
      if (isAsked && personIds.length === 0) return
      isAsked = true
      for (const id of personIds) asked.add(id)
      const question: PageAsk = { personIds, ...idsOfPage(), ...(assignmentId ? { assignmentId } : {}) }
      const { people, ...rest } = await ask('pagePeople', question)
      known = { ...known, ...rest }
      for (const person of people) reachable.set(person.id, person)
    },
  }
}

export type PeopleOfPage = ReturnType<typeof createPeople>
