import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { RuleRef } from '../../lib/extension/protocol.ts'
import { readSettings } from '../../lib/extension/store-settings.ts'
import { readRulePeople, ruleView } from '../../lib/store/read-rules.ts'
import { discardRule, ruleOf, rulesOf } from '../../lib/store/rules.ts'
import {
  hold,
  resume,
  retry,
  saveRule,
  sendToSeveral,
  settlePeople,
  startRule,
  takeBackSeveral,
} from '../../lib/sync/rule-life.ts'
import { type Answers, accountOf } from './access.ts'
import type { Caller } from './caller.ts'
import { store, world } from './worker.ts'

const GONE: Trouble = { kind: 'unknown', mender: 'nobody' }

const view = (rule: OpenRule): Promise<RuleView> => ruleView(store, rule)

async function seen(rule: OpenRule | undefined): Promise<RuleView | undefined> {
  return rule && view(rule)
}

async function orTrouble(answer: OpenRule | Trouble | undefined): Promise<RuleView | Trouble> {
  return answer && 'id' in answer ? view(answer) : (answer ?? GONE)
}

/** The rule that is asked for, of an account that the asker may see. */
async function asked({ accountId, ruleId }: RuleRef, caller: Caller) {
  const account = await accountOf(caller, accountId)
  return { account, rule: await ruleOf(store, account.id, ruleId) }
}

/** Open rules and messages to several people. */
export const ruling = {
  rules: async (query, caller) => {
    await accountOf(caller, query.accountId)
    const { rules, next } = await rulesOf(store, query)
    return { rules: await Promise.all(rules.map(view)), ...(next ? { next } : {}) }
  },
  rule: async (ask, caller) => seen((await asked(ask, caller)).rule),
  saveRule: async (draft, caller) =>
    orTrouble(await saveRule(world, await accountOf(caller, draft.accountId), draft)),
  discardRule: async ({ accountId, ruleId }, caller) => {
    await discardRule(store, (await accountOf(caller, accountId)).id, ruleId)
    world.changed(accountId, ['rules'])
  },
  previewRule: async (ask, caller) => {
    await asked(ask, caller)
    return { kind: 'unknown', mender: 'wait' }
  },
  startRule: async (ask, caller) => {
    const { account, rule } = await asked(ask, caller)
    const { undoSeveralSeconds } = await readSettings()
    return orTrouble(rule && (await startRule(world, account, rule, undoSeveralSeconds)))
  },
  takeBackRule: async ({ accountId, ruleId }, caller) =>
    seen(await hold(world, await accountOf(caller, accountId), ruleId, { kind: 'take-back' })),
  pauseRule: async ({ accountId, ruleId }, caller) =>
    seen(await hold(world, await accountOf(caller, accountId), ruleId, { kind: 'pause' })),
  resumeRule: async ({ accountId, ruleId }, caller) =>
    seen(await resume(world, await accountOf(caller, accountId), ruleId)),
  cancelRule: async ({ accountId, ruleId }, caller) =>
    seen(await hold(world, await accountOf(caller, accountId), ruleId, { kind: 'cancel' })),
  retryRule: async (ask, caller) => {
    const { account, rule } = await asked(ask, caller)
    return seen(rule && (await retry(world, account, rule, ask.userIds)))
  },
  settleRule: async (ask, caller) => {
    const { account, rule } = await asked(ask, caller)
    if (rule) await settlePeople(world, account, rule, ask.userIds, ask.arrived)
  },
  rulePeople: async (query, caller) => {
    await accountOf(caller, query.accountId)
    return readRulePeople(store, query)
  },
  sendToSeveral: async ({ draft, userIds, courseId }, caller) => {
    const account = await accountOf(caller, draft.accountId)
    const { undoSeveralSeconds: undoSeconds } = await readSettings()
    const ask = { draft, userIds, undoSeconds, ...(courseId === undefined ? {} : { courseId }) }
    const rule = await sendToSeveral(world, account, ask)
    if (!('id' in rule)) return { sent: false, trouble: rule }
    return { sent: true, ruleId: rule.id, notBeforeMs: rule.notBeforeMs ?? 0 }
  },
  takeBackSeveral: async ({ accountId, ruleId }, caller) =>
    takeBackSeveral(world, await accountOf(caller, accountId), ruleId),
} satisfies Partial<Answers>
