import type { Draft } from '../dialogue/draft.ts'
import { newKey } from '../dialogue/key.ts'
import { cleanSubject } from '../dialogue/link.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'
import type { AccountRow } from '../store/rows.ts'
import type { World } from './world.ts'

export function newSecret(world: World): string {
  return newKey(world.random) + newKey(world.random)
}

export interface SeveralAsk {
  draft: Draft
  userIds: readonly number[]
  courseId?: number
  undoSeconds: number
}

/** A message to several, as a rule that nobody joins later. */
export function severalRule(world: World, account: AccountRow, ask: SeveralAsk, id: string): OpenRule {
  const { undoSeconds } = ask
  const { sendAt, ...draft } = ask.draft
  const courseId = ask.courseId ?? draft.about?.courseId
  const nowMs = world.nowMs()
  const now = world.serverTime(account)
  return {
    accountId: account.id,
    id,
    secret: newSecret(world),
    ...(courseId === undefined ? {} : { courseId }),
    audience: { kind: 'people', userIds: [...new Set(ask.userIds)].sort((a, b) => a - b) },
    subject: cleanSubject(draft.subject ?? ''),
    text: draft.text,
    ...(draft.about ? { about: draft.about } : {}),
    repliesExpected: draft.repliesExpected !== false,
    oneOff: true,
    ...(draft.signature ? { signature: draft.signature } : {}),
    ...(sendAt === undefined ? {} : { timeNotBefore: sendAt }),
    draft,
    state: 'active',
    timeCreated: now,
    timeChanged: now,
    startedMs: nowMs,
    notBeforeMs: nowMs + undoSeconds * 1000,
  }
}
