import { isBlank } from '../dialogue/blank.ts'
import type { ConversationKey } from '../dialogue/dialogue.ts'
import type { Draft } from '../dialogue/draft.ts'
import { newKey } from '../dialogue/key.ts'
import { cleanSubject } from '../dialogue/link.ts'
import { type OpenRule, type RuleDraft, type RuleEvent, stepRule } from '../dialogue/open-rule.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { forgetLate } from '../store/accounts.ts'
import { conversationOf } from '../store/conversations.ts'
import { keyOfOtherWords } from '../store/ledger.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
import {
  draftToRule,
  editRule,
  holdRule,
  letOutNow,
  ruleToDraft,
  type Withdrawn,
} from '../store/rule-outbox.ts'
import { movePeople, rulePeopleAfter } from '../store/rule-people.ts'
import { changeRule, moveRule, putRule, ruleOf } from '../store/rules.ts'
import { signatureNow } from './rule-plan.ts'
import { whyMayNotSend } from './rule-rights.ts'
import { newSecret, type SeveralAsk, severalRule } from './several-rule.ts'
import type { World } from './world.ts'

/* What a person does with a rule; what it does by itself stands in open-rules.ts. */

function wordsOf(draft: RuleDraft) {
  const { courseId, audience, subject, text, about, repliesExpected, timeNotBefore, future, toShare } = draft
  return {
    audience,
    subject: cleanSubject(subject),
    text,
    repliesExpected,
    ...(courseId === undefined ? {} : { courseId }),
    ...(about ? { about } : {}),
    ...(timeNotBefore === undefined ? {} : { timeNotBefore }),
    ...(future ? { future } : {}),
    ...(toShare === undefined ? {} : { toShare }),
  }
}

function newRule(world: World, account: AccountRow, draft: RuleDraft): OpenRule {
  const now = world.serverTime(account)
  return {
    accountId: account.id,
    id: newKey(world.random),
    secret: newSecret(world),
    ...wordsOf(draft),
    state: 'draft',
    timeCreated: now,
    timeChanged: now,
  }
}

function withoutWords(rule: OpenRule): OpenRule {
  const { courseId: _c, about: _a, timeNotBefore: _t, future: _f, timeDue: _d, toShare: _s, ...rest } = rule
  return rest
}

/** What stays of a rule when its words and people are written anew. */
function edited(now: OpenRule, draft: RuleDraft, time: number): OpenRule {
  const { timeRoster, ...rest } = withoutWords(now)
  const sameAudience = JSON.stringify(now.audience) === JSON.stringify(draft.audience)
  const changed: OpenRule = {
    ...rest,
    ...wordsOf(draft),
    ...(sameAudience && timeRoster !== undefined ? { timeRoster } : {}),
    timeChanged: time,
  }
  return stepRule(changed, { kind: 'edit' }) ?? changed
}

async function tell(world: World, account: AccountRow, keys: readonly ConversationKey[] = []): Promise<void> {
  for (const key of keys)
    if (await conversationOf(world.store, account.id, key)) await rethread(world.store, account, key)
  world.changed(account.id, keys.length > 0 ? ['rules', 'outbox', 'thread', 'dialogues'] : ['rules'])
}

/** A new rule, or an edit of one; undefined where there is none to edit any more. */
export async function saveRule(
  world: World,
  account: AccountRow,
  draft: RuleDraft,
): Promise<OpenRule | undefined> {
  if (draft.id === undefined) {
    const rule = newRule(world, account, draft)
    await putRule(world.store, rule)
    await tell(world, account)
    return rule
  }
  const key = { accountId: account.id, id: draft.id }
  const time = world.serverTime(account)
  const change = (now: OpenRule) => (now.state === 'cancelled' || now.oneOff ? now : edited(now, draft, time))
  const done = await editRule(world.store, key, change)
  if (done) await tell(world, account, done.conversations)
  return done?.rule
}

export function cannotSend({ text, subject }: Pick<OpenRule, 'text' | 'subject'>): Trouble | undefined {
  return isBlank(text) || subject === '' ? { kind: 'empty', mender: 'person' } : undefined
}

export async function startRule(
  world: World,
  account: AccountRow,
  rule: OpenRule,
  undoSeconds: number,
): Promise<OpenRule | Trouble> {
  const trouble = cannotSend(rule) ?? (await whyMayNotSend(world, account, rule))
  if (trouble) return trouble
  const nowMs = world.nowMs()
  const notBeforeMs = nowMs + undoSeconds * 1000
  const event = { kind: 'start' as const, nowMs, notBeforeMs, signature: signatureNow(account, rule) ?? '' }
  const started = await moveRule(world.store, account.id, rule.id, event)
  await tell(world, account)
  return started ?? (await ruleOf(world.store, account.id, rule.id)) ?? { kind: 'unknown', mender: 'nobody' }
}

/** Pauses, cancels, or takes a rule back: nothing that has not left yet leaves after this. */
export async function hold(
  world: World,
  account: AccountRow,
  ruleId: string,
  event: RuleEvent & { kind: 'pause' | 'cancel' | 'take-back' },
): Promise<OpenRule | undefined> {
  const done: Withdrawn | undefined = await holdRule(
    world.store,
    { accountId: account.id, id: ruleId },
    event,
  )
  if (done) await tell(world, account, done.conversations)
  return done?.rule
}

export async function resume(
  world: World,
  account: AccountRow,
  ruleId: string,
): Promise<OpenRule | undefined> {
  const moved = await moveRule(world.store, account.id, ruleId, { kind: 'resume' })
  await tell(world, account)
  return moved
}

/** Whatever time it was put off to, in quiet hours too. */
export async function sendNow(
  world: World,
  account: AccountRow,
  ruleId: string,
): Promise<OpenRule | undefined> {
  const moved = await letOutNow(world.store, { accountId: account.id, id: ruleId })
  if (moved) world.changed(account.id, ['rules', 'outbox', 'thread'])
  return moved
}

const MANY = 1000

/** Those who were refused, or some of them, are asked for again. */
export async function retry(
  world: World,
  account: AccountRow,
  rule: OpenRule,
  userIds?: readonly number[],
): Promise<OpenRule | undefined> {
  const { store } = world
  const again = userIds ?? (await refused(world, rule))
  await movePeople(store, rule, again, 'not-attempted')
  const moved = await moveRule(store, account.id, rule.id, { kind: 'try-again' })
  await tell(world, account)
  return moved ?? ruleOf(store, account.id, rule.id)
}

async function refused({ store }: World, { accountId, id }: OpenRule): Promise<number[]> {
  const found: number[] = []
  for (;;) {
    const last = found.at(-1)
    const cursor = last === undefined ? {} : { cursor: String(last) }
    const ask = { accountId, ruleId: id, standing: 'refused' as const, limit: MANY, ...cursor }
    const people = await rulePeopleAfter(store, ask)
    found.push(...people.map(({ userId }) => userId))
    if (people.length < MANY) return found
  }
}

/** What nobody can prove, the person says: of people without ledger and without proof. */
export async function settlePeople(
  world: World,
  account: AccountRow,
  rule: OpenRule,
  userIds: readonly number[],
  arrived: boolean,
): Promise<void> {
  await movePeople(world.store, rule, userIds, arrived ? 'delivered' : 'not-attempted')
  await moveRule(world.store, account.id, rule.id, { kind: 'try-again' })
  await changeRule(world.store, rule, { timeChanged: world.serverTime(account) })
  await tell(world, account)
}

/** A message to several people is a rule that is started at once. */
export async function sendToSeveral(
  world: World,
  account: AccountRow,
  ask: SeveralAsk,
): Promise<OpenRule | Trouble> {
  const userIds = [...new Set(ask.userIds)].filter((id) => id !== account.userId)
  let id = ask.draft.messageKey
  const first = severalRule(world, account, { ...ask, userIds }, id)
  const trouble = cannotSend(first) ?? (await whyMayNotSend(world, account, first))
  if (trouble) return trouble
  let rule = await draftToRule(world.store, ask.draft, first, userIds)
  while (!rule) {
    // The key belongs to other words, or to other people.
    id = keyOfOtherWords(id, `${ask.draft.text} ${userIds}`)
    rule = await draftToRule(world.store, ask.draft, { ...first, id }, userIds)
  }
  // The site was asked meanwhile; whoever was removed since leaves nothing.
  await forgetLate(world.store, account)
  world.changed(account.id, ['rules', 'drafts'])
  return rule
}

export async function takeBackSeveral(
  world: World,
  account: AccountRow,
  ruleId: string,
): Promise<Draft | undefined> {
  const key = { accountId: account.id, id: ruleId }
  const draft = await ruleToDraft(world.store, key, newKey(world.random))
  if (draft) world.changed(account.id, ['rules', 'drafts'])
  return draft
}
