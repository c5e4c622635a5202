import { readIds } from '../../lib/dialogue/id-list.ts'
import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import type { RulePreview, RuleView } from '../../lib/dialogue/rule-views.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { RuleRef } from '../../lib/extension/rule-protocol.ts'
import { readSettings } from '../../lib/extension/store-settings.ts'
import { accountWith } from '../../lib/store/accounts.ts'
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
import { ruleNow } from '../../lib/sync/rule-limits.ts'
import { previewRule } from '../../lib/sync/rule-preview.ts'
import { withConnection } from '../../lib/sync/way.ts'
import { type Answers, accountOf, ofOwnPage, ownPageOnly } from './access.ts'
import type { Caller } from './caller.ts'
import { choicesOf } from './course-choices.ts'
import { rounds, store, world } from './worker.ts'

const GONE: Trouble = { kind: 'unknown', mender: 'nobody' }

export async function view(rule: OpenRule): Promise<RuleView> {
  const account = await accountWith(store, rule.accountId)
  return ruleView(store, rule, async (counts) => (account ? ruleNow(world, account, rule, counts) : {}))
}

/** What was started, resumed or tried again runs at once, or when its undo window is over. */
async function begun(rule: OpenRule | Trouble | undefined): Promise<RuleView | Trouble> {
  if (!rule || !('id' in rule)) return rule ?? GONE
  void rounds.rulesSoon(rule.accountId, rule.notBeforeMs ?? 0)
  return view(rule)
}

async function seen(rule: OpenRule | undefined): Promise<RuleView | undefined> {
  return rule && view(rule)
}

async function preview(ask: RuleRef, caller: Caller): Promise<RulePreview | Trouble> {
  ownPageOnly(caller)
  const { account, rule } = await asked(ask, caller)
  if (!rule) return GONE
  let shown: RulePreview | undefined
  const { trouble } = await withConnection(world, account.id, async (connection) => {
    shown = await previewRule(world, connection, account, rule)
  })
  return shown ?? trouble ?? GONE
}

const orNone = (answer: RuleView | Trouble) => ('id' in answer ? answer : undefined)

/** The rule that is asked for, of an account that the asker may see. */
async function asked({ accountId, ruleId }: RuleRef, caller: Caller) {
  const account = await accountOf(caller, accountId)
  return { account, rule: await ruleOf(store, account.id, ruleId) }
}

/** Open rules and messages to several people. */
export const ruling = {
  courseChoices: async ({ accountId, courseId }, caller) =>
    choicesOf(await accountOf(caller, accountId), courseId),
  rules: async (query, caller) => {
    await accountOf(caller, query.accountId)
    const { rules, next } = await rulesOf(store, query)
    return { rules: await Promise.all(rules.map(view)), ...(next ? { next } : {}) }
  },
  rule: async (ask, caller) => seen((await asked(ask, caller)).rule),
  saveRule: async (draft, caller) =>
    begun(await saveRule(world, await ofOwnPage(caller, draft.accountId), draft)),
  discardRule: async ({ accountId, ruleId }, caller) => {
    await discardRule(store, (await ofOwnPage(caller, accountId)).id, ruleId)
    world.changed(accountId, ['rules'])
  },
  previewRule: preview,
  startRule: async (ask, caller) => {
    ownPageOnly(caller)
    const { account, rule } = await asked(ask, caller)
    const { undoSeveralSeconds } = await readSettings()
    return begun(rule && (await startRule(world, account, rule, undoSeveralSeconds)))
  },
  takeBackRule: async ({ accountId, ruleId }, caller) =>
    seen(await hold(world, await accountOf(caller, accountId), ruleId, { kind: 'take-back' })),
  pauseRule: async ({ accountId, ruleId }, caller) =>
    seen(await hold(world, await accountOf(caller, accountId), ruleId, { kind: 'pause' })),
  resumeRule: async ({ accountId, ruleId }, caller) =>
    orNone(await begun(await resume(world, await accountOf(caller, accountId), ruleId))),
  cancelRule: async ({ accountId, ruleId }, caller) =>
    seen(await hold(world, await accountOf(caller, accountId), ruleId, { kind: 'cancel' })),
  retryRule: async (ask, caller) => {
    const { account, rule } = await asked(ask, caller)
    return orNone(await begun(rule && (await retry(world, account, rule, ask.userIds))))
  },
  settleRule: async (ask, caller) => {
    const { account, rule } = await asked(ask, caller)
    if (rule) await settlePeople(world, account, rule, ask.userIds, ask.arrived)
    void rounds.rulesSoon(account.id, 0)
  },
  rulePeople: async (query, caller) => {
    await accountOf(caller, query.accountId)
    return readRulePeople(store, query)
  },
  sendToSeveral: async ({ draft, who, courseId }, caller) => {
    const account = await accountOf(caller, draft.accountId)
    const { undoSeveralSeconds: undoSeconds } = await readSettings()
    const userIds = readIds(who) ?? []
    const ask = { draft, userIds, undoSeconds, ...(courseId === undefined ? {} : { courseId }) }
    const rule = await sendToSeveral(world, account, ask)
    if (!('id' in rule)) return { sent: false, trouble: rule }
    void rounds.rulesSoon(account.id, rule.notBeforeMs ?? 0)
    return { sent: true, ruleId: rule.id, notBeforeMs: rule.notBeforeMs ?? 0 }
  },
  takeBackSeveral: async ({ accountId, ruleId }, caller) =>
    takeBackSeveral(world, await accountOf(caller, accountId), ruleId),
} satisfies Partial<Answers>
