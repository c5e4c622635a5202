import { signal } from '@preact/signals'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { RuleRef } from '../../lib/extension/rule-protocol.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createRulePeopleModel } from './rule-people.ts'

export type RulePageModel = ReturnType<typeof createRulePageModel>

const NO_ANSWER: Trouble = { kind: 'unknown', mender: 'wait' }

/** One rule: how far it is, and what a person may do with it. */
export function createRulePageModel(connection: Connection, ref: RuleRef) {
  const { ask, onChange } = connection
  const rule = signal<RuleView | undefined>()
  const isGone = signal(false)
  const trouble = signal<Trouble | undefined>()
  const people = createRulePeopleModel(connection, ref)

  async function load(): Promise<void> {
    try {
      const answer = await ask('rule', ref)
      rule.value = answer
      isGone.value = answer === undefined
    } catch {
      leaveAsIs()
    }
  }

  async function does(asked: Promise<RuleView | Trouble | undefined>): Promise<void> {
    const answer = await asked.catch(() => NO_ANSWER)
    trouble.value = answer && 'mender' in answer ? answer : undefined
    if (answer && 'id' in answer) rule.value = answer
    else await load()
    await people.load()
  }

  return {
    ...{ ref, rule, isGone, trouble, people, load },
    pause: () => does(ask('pauseRule', ref)),
    sendNow: () => does(ask('sendNow', { accountId: ref.accountId, key: ref.ruleId }).then(() => undefined)),
    resume: () => does(ask('resumeRule', ref)),
    share: () => does(ask('shareRule', ref)),
    release: () => does(ask('releaseRule', ref)),
    cancel: () => does(ask('cancelRule', ref)),
    /** What was sent to several is a draft of a new dialogue again. */
    takeBack: () =>
      does(rule.value?.oneOff ? ask('takeBackSeveral', ref).then(() => undefined) : ask('takeBackRule', ref)),
    retry: (userIds?: number[]) => does(ask('retryRule', { ...ref, ...(userIds ? { userIds } : {}) })),
    settle: (userId: number, arrived: boolean) =>
      does(ask('settleRule', { ...ref, userIds: [userId], arrived }).then(() => undefined)),
    /** "Try now", where the account has trouble. */
    refresh: () => ask('refresh', { accountId: ref.accountId }).catch(leaveAsIs),
    openDialogue: (dialogue: DialogueRef) =>
      ask('openPage', { page: 'inbox', ref: dialogue }).catch(leaveAsIs),
    watch(): () => void {
      void load()
      const stops = [
        people.watch(),
        onChange(({ topics, accountId }) => {
          const isOurs = accountId === undefined || accountId === ref.accountId
          if (isOurs && (topics.includes('rules') || topics.includes('sync'))) void load()
        }),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}
