import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { t } from '../../lib/extension/text.ts'
import { ruleOf } from '../../lib/store/rules.ts'
import { adopt, askColleague, colleaguesRules, release, share } from '../../lib/sync/hand-over.ts'
import { isShared } from '../../lib/sync/shared-rule.ts'
import { type Answers, ofOwnPage } from './access.ts'
import { view } from './ruling.ts'
import { store, world } from './worker.ts'

const GONE: Trouble = { kind: 'unknown', mender: 'nobody' }

async function seen(answer: OpenRule | Trouble): Promise<RuleView | Trouble> {
  return 'id' in answer ? view(answer) : answer
}

/** Rules that teachers of a course share. */
export const handingOver = {
  shareRule: async ({ accountId, ruleId }, caller) => {
    const account = await ofOwnPage(caller, accountId)
    const rule = await ruleOf(store, account.id, ruleId)
    return rule ? seen(await share(world, account, rule, t('sharesRule', account.fullName))) : GONE
  },
  releaseRule: async ({ accountId, ruleId }, caller) => {
    const account = await ofOwnPage(caller, accountId)
    const rule = await ruleOf(store, account.id, ruleId)
    return rule && isShared(rule) ? seen(await release(world, account, rule)) : GONE
  },
  colleaguesRules: async ({ accountId, courseId }, caller) =>
    colleaguesRules(world, await ofOwnPage(caller, accountId), courseId),
  askColleague: async ({ accountId, ...ask }, caller) => {
    const account = await ofOwnPage(caller, accountId)
    const sentence = t(ask.does === 'end' ? 'asksToEnd' : 'asksToPause', account.fullName)
    const answer = await askColleague(world, account, ask, { sentence, title: t('rule') })
    return answer === 'asked' ? undefined : answer
  },
  adoptRule: async ({ accountId, ...ask }, caller) => {
    const account = await ofOwnPage(caller, accountId)
    return seen(await adopt(world, account, ask, t('sharesRule', account.fullName)))
  },
} satisfies Partial<Answers>
