import { type ReadonlySignal, signal } from '@preact/signals'
import type { RulesQuery, RuleView } from '../../lib/dialogue/rule-views.ts'
import { type Connection, leaveAsIs } from './connection.ts'

const SCREENFUL = 25

export type RuleListModel = ReturnType<typeof createRuleListModel>

interface Wanted {
  accountId: ReadonlySignal<string | undefined>
  /** Absent: messages to several among them. */
  oneOff?: boolean
}

/** Newest first; a screenful, and as many more as were asked for. */
export function createRuleListModel({ ask, onChange }: Connection, { accountId, oneOff }: Wanted) {
  const rules = signal<RuleView[] | undefined>()
  const next = signal<string | undefined>()
  const courseId = signal<number | undefined>()
  let turn = 0

  async function read(limit: number, cursor?: string) {
    if (accountId.value === undefined) return
    const query: RulesQuery = {
      accountId: accountId.value,
      limit,
      ...(oneOff === undefined ? {} : { oneOff }),
      ...(courseId.value === undefined ? {} : { courseId: courseId.value }),
      ...(cursor === undefined ? {} : { cursor }),
    }
    turn += 1
    const mine = turn
    const answer = await ask('rules', query).catch(leaveAsIs)
    return mine === turn ? answer : undefined
  }

  async function load(): Promise<void> {
    const answer = await read(Math.max(SCREENFUL, rules.value?.length ?? 0))
    if (!answer) return
    rules.value = answer.rules
    next.value = answer.next
  }

  return {
    ...{ rules, next, courseId, load },
    async more(): Promise<void> {
      if (next.value === undefined) return
      const answer = await read(SCREENFUL, next.value)
      if (!answer) return
      rules.value = [...(rules.value ?? []), ...answer.rules]
      next.value = answer.next
    },
    /** Of another account, or another course. */
    async show(course: number | undefined): Promise<void> {
      courseId.value = course
      rules.value = undefined
      await load()
    },
    /** Until what it gives is called. */
    watch(): () => void {
      void load()
      return onChange((change) => {
        const isOurs = change.accountId === undefined || change.accountId === accountId.value
        if (isOurs && change.topics.includes('rules')) void load()
      })
    },
  }
}
