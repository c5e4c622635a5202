import { signal } from '@preact/signals'
import type { CourseChoices } from '../../lib/dialogue/course-choices.ts'
import type { RuleDraft } from '../../lib/dialogue/open-rule.ts'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { type Ask, leaveAsIs } from './connection.ts'

const SAVE_AFTER_MS = 500

/*
 * untouched ──► changed    typed, or chosen
 * changed ────► saved      half a second without a change, or the form is left
 * changed ────► unsaved    the worker could not store it; tried again with the next change
 */
export type EditorState = 'untouched' | 'changed' | 'saved' | 'unsaved'

/** What is written of a rule, and when it is stored. */
export function createRuleSaving(ask: Ask, begin: RuleDraft) {
  const draft = signal(begin)
  const state = signal<EditorState>('untouched')
  const ruleId = signal(begin.id)
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> = Promise.resolve()

  async function store(): Promise<void> {
    if (state.value !== 'changed' && state.value !== 'unsaved') return
    const asked = draft.value
    const id = ruleId.value
    const answer = await ask('saveRule', { ...asked, ...(id === undefined ? {} : { id }) }).catch(leaveAsIs)
    const isStored = answer !== undefined && 'id' in answer
    if (isStored) ruleId.value = answer.id
    if (draft.value === asked) state.value = isStored ? 'saved' : 'unsaved'
  }

  /** One after the other: the first one gives the rule its id. */
  function save(): Promise<void> {
    clearTimeout(timer)
    saving = saving.then(store)
    return saving
  }

  function put(next: RuleDraft): void {
    draft.value = next
    state.value = 'changed'
    clearTimeout(timer)
    timer = setTimeout(() => void save(), SAVE_AFTER_MS)
  }

  return {
    ...{ draft, state, ruleId, save, put },
    change: (patch: Partial<RuleDraft>) => put({ ...draft.value, ...patch }),
  }
}

type Saving = ReturnType<typeof createRuleSaving>

const EARLIER = 25

/** What the rule's course has to choose from. */
export function createCourseChoices(ask: Ask, { draft, ruleId }: Saving) {
  const choices = signal<CourseChoices | undefined>()
  /** What was sent to several in this course, newest first. */
  const earlier = signal<RuleView[]>([])
  const trouble = signal<Trouble | undefined>()
  return {
    ...{ choices, earlier, trouble },
    async loadEarlier(): Promise<void> {
      const { accountId, courseId } = draft.value
      if (courseId === undefined) return
      const answer = await ask('rules', { accountId, courseId, limit: EARLIER }).catch(leaveAsIs)
      if (draft.value.courseId !== courseId) return
      earlier.value = (answer?.rules ?? []).filter(
        ({ id, state }) => state !== 'draft' && id !== ruleId.value,
      )
    },
    async loadChoices(): Promise<void> {
      const { accountId, courseId } = draft.value
      if (choices.value?.courseId !== courseId) {
        choices.value = undefined
        earlier.value = []
      }
      void this.loadEarlier()
      trouble.value = undefined
      if (courseId === undefined) return
      const answer = await ask('courseChoices', { accountId, courseId }).catch(leaveAsIs)
      if (draft.value.courseId !== courseId) return
      choices.value = answer && 'roles' in answer ? answer : undefined
      trouble.value = answer && 'mender' in answer ? answer : undefined
    },
  }
}
