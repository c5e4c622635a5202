import { signal } from '@preact/signals'
import type { ColleaguesRule } from '../../lib/dialogue/colleagues-rule.ts'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { Course } from '../../lib/dialogue/views.ts'
import type { Connection } from './connection.ts'

export type ColleaguesModel = ReturnType<typeof createColleaguesModel>

const NO_ANSWER: Trouble = { kind: 'unknown', mender: 'wait' }

/** What a course's other teachers share; the site is asked after a click only. */
export function createColleaguesModel(
  { ask }: Connection,
  { accountId, course }: { accountId: string; course: Course },
  onAdopted: (rule: RuleView) => void,
) {
  const place = { accountId, courseId: course.id }
  const rules = signal<ColleaguesRule[] | undefined>()
  const trouble = signal<Trouble | undefined>()
  const isBusy = signal(false)

  async function does<T>(asked: Promise<T | Trouble>): Promise<T | undefined> {
    isBusy.value = true
    const answer = await asked.catch(() => NO_ANSWER)
    isBusy.value = false
    const isTrouble = typeof answer === 'object' && answer !== null && 'mender' in answer
    trouble.value = isTrouble ? (answer as Trouble) : undefined
    return isTrouble ? undefined : (answer as T)
  }

  async function load(): Promise<void> {
    rules.value = (await does(ask('colleaguesRules', place))) ?? rules.value
  }

  return {
    ...{ course, rules, trouble, isBusy, load },
    async ask(ruleId: string, what: 'pause' | 'end'): Promise<void> {
      await does(ask('askColleague', { ...place, ruleId, does: what }))
      if (!trouble.value) await load()
    },
    async takeOver(ruleId: string): Promise<void> {
      const rule = await does<RuleView>(ask('adoptRule', { ...place, ruleId }))
      if (rule) onAdopted(rule)
    },
  }
}
