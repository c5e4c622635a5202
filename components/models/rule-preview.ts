import { signal } from '@preact/signals'
import type { RulePreview, RuleView } from '../../lib/dialogue/rule-views.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { RuleRef } from '../../lib/extension/rule-protocol.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { draftOfRule } from './rule-editor.ts'
import { createRulePeopleModel } from './rule-people.ts'

export type RulePreviewModel = ReturnType<typeof createRulePreviewModel>

const NO_ANSWER: Trouble = { kind: 'unknown', mender: 'wait' }

/** What would be sent to whom, before anything is. */
export function createRulePreviewModel(connection: Connection, ref: RuleRef) {
  const { ask } = connection
  const rule = signal<RuleView | undefined>()
  const preview = signal<RulePreview | undefined>()
  const trouble = signal<Trouble | undefined>()
  const isStarting = signal(false)
  const people = createRulePeopleModel(connection, ref)

  return {
    ...{ ref, rule, preview, trouble, isStarting, people },
    async load(): Promise<void> {
      trouble.value = undefined
      rule.value = (await ask('rule', ref).catch(leaveAsIs)) ?? rule.value
      const answer = await ask('previewRule', ref).catch(() => NO_ANSWER)
      if ('mender' in answer) trouble.value = answer
      else preview.value = answer
      await people.show({ standing: 'not-attempted' })
    },
    /** Of a course, somebody whom it is not for. */
    async leaveOut(userId: number): Promise<void> {
      const now = rule.value
      if (now?.audience.kind !== 'course') return
      const exceptUserIds = [...(now.audience.exceptUserIds ?? []), userId]
      const draft = { ...draftOfRule(now), audience: { ...now.audience, exceptUserIds } }
      const answer = await ask('saveRule', draft).catch(() => NO_ANSWER)
      if ('mender' in answer) trouble.value = answer
      else await this.load()
    },
    /** Says whether it was started. */
    async start(): Promise<boolean> {
      if (isStarting.value) return false
      isStarting.value = true
      const answer = await ask('startRule', ref).catch(() => NO_ANSWER)
      isStarting.value = false
      trouble.value = answer && 'mender' in answer ? answer : undefined
      return answer !== undefined && 'id' in answer
    },
  }
}
