import type { OpenRule } from '../dialogue/open-rule.ts'
import { wordsToShare } from '../dialogue/shared-words.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import type { AccountRow } from '../store/rows.ts'
import { moveRule, ruleOf } from '../store/rules.ts'
import { type Notes, withNotes } from './course-notes.ts'
import { share } from './hand-over.ts'
import { claim, goOn, isShared } from './shared-rule.ts'
import type { World } from './world.ts'

/* Where the run of a rule meets its notes. A rule that is not shared asks nobody. */

interface Run {
  world: World
  account: AccountRow
  rule: OpenRule
}

/** Without its notes a shared rule sends nothing; what does not pass by itself the person is told. */
async function noteless({ world, rule }: Run, trouble: Trouble): Promise<void> {
  if (trouble.mender === 'wait') return
  await moveRule(world.store, rule.accountId, rule.id, { kind: 'pause', trouble })
  world.changed(rule.accountId, ['rules'])
}

/** One that was edited into what cannot be shared has no place for its notes. */
async function inNotes<T>(
  { world, account }: Run,
  rule: OpenRule,
  work: (notes: Notes) => Promise<T>,
): Promise<T | Trouble> {
  const words = wordsToShare(rule)
  if (!words) return { kind: 'not-permitted', mender: 'person' }
  return withNotes<T>(world, account, words.courseId, work)
}

/** As it was wished when it was made; one that was edited into what cannot be shared goes on unshared. */
async function begun(run: Run, rule: OpenRule): Promise<OpenRule | Trouble> {
  const { world, account } = run
  if (rule.shared || rule.toShare === undefined || !wordsToShare(rule)) return rule
  return share(world, account, rule, rule.toShare)
}

/** Whether it goes on from here. */
export async function mayGoOn(run: Run): Promise<boolean> {
  const { world, account, rule } = run
  const now = await begun(run, (await ruleOf(world.store, account.id, rule.id)) ?? rule)
  if ('mender' in now) {
    await noteless(run, now)
    return false
  }
  if (!isShared(now)) return true
  const answer = await inNotes(run, now, (notes) => goOn(world, notes, now))
  if (typeof answer === 'boolean') return answer
  await noteless(run, answer)
  return false
}

/** Whom of these it may write to; undefined where it does not go on from here. */
export async function claimed(run: Run, userIds: readonly number[]): Promise<Set<number> | undefined> {
  const { world, account, rule } = run
  const now = (await ruleOf(world.store, account.id, rule.id)) ?? rule
  if (!isShared(now) || userIds.length === 0) return new Set(userIds)
  const answer = await inNotes(run, now, (notes) => claim(world, notes, now, userIds))
  if ('mender' in answer) {
    await noteless(run, answer)
    return undefined
  }
  const after = await ruleOf(world.store, account.id, rule.id)
  return after?.state === 'active' ? new Set(answer) : undefined
}
