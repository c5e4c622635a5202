import { type ConversationKey, personOf } from '../dialogue/dialogue.ts'
import type { Draft } from '../dialogue/draft.ts'
import { type OpenRule, type RuleEvent, stepRule } from '../dialogue/open-rule.ts'
import { type PersonReason, type RulePerson, type Standing, stepPerson } from '../dialogue/rule-person.ts'
import type { Store } from './db.ts'
import { takeOutSent } from './drafts.ts'
import { entriesOfRule, moveEntries } from './outbox.ts'
import { changePeople, movePeople } from './rule-people.ts'
import { moveRule, ruleOf } from './rules.ts'

type RuleKey = Pick<OpenRule, 'accountId' | 'id'>

/** Takes back what has not left yet. Tells in which conversations it stood. */
export async function withdraw(
  db: Store,
  rule: RuleKey,
  to: 'not-attempted' | 'dropped',
): Promise<ConversationKey[]> {
  const entries = await entriesOfRule(db, rule.accountId, rule.id, ['written'])
  await db.outbox.bulkDelete(entries.map(({ accountId, key }) => [accountId, key] as [string, string]))
  const userIds = entries.flatMap(({ conversationKey }) => personOf(conversationKey) ?? [])
  await movePeople(db, rule, userIds, to, to === 'dropped' ? { reason: 'cancelled' } : {})
  return entries.map(({ conversationKey }) => conversationKey)
}

export interface Withdrawn {
  rule: OpenRule
  conversations: ConversationKey[]
}

/** Moves a rule out of what lets it send, and what has not left yet with it: in one step. */
export async function holdRule(db: Store, rule: RuleKey, event: RuleEvent): Promise<Withdrawn | undefined> {
  return db.transaction('rw', db.rules, db.rulePeople, db.outbox, async () => {
    const moved = await moveRule(db, rule.accountId, rule.id, event)
    if (!moved) return undefined
    const conversations = await withdraw(db, rule, event.kind === 'cancel' ? 'dropped' : 'not-attempted')
    if (event.kind === 'cancel') await dropTheRest(db, rule)
    return { rule: moved, conversations }
  })
}

/** Sent at once by the person's wish, with what of it waits in the outbox already: in one step. */
export async function letOutNow(db: Store, rule: RuleKey): Promise<OpenRule | undefined> {
  return db.transaction('rw', db.rules, db.rulePeople, db.outbox, async () => {
    const moved = await moveRule(db, rule.accountId, rule.id, { kind: 'send-now' })
    if (!moved) return undefined
    const event = { kind: 'send-now' as const }
    const entries = await entriesOfRule(db, rule.accountId, rule.id, ['written'])
    await moveEntries(
      db,
      rule.accountId,
      entries.map(({ key }) => ({ key, event })),
    )
    return moved
  })
}

/** Whoever is no longer meant before their turn; what may have left already is looked for first. */
export async function dropPeople(
  db: Store,
  rule: RuleKey,
  userIds: readonly number[],
  reason: PersonReason,
): Promise<void> {
  const entries = new Map(
    (await entriesOfRule(db, rule.accountId, rule.id)).map((entry) => [
      personOf(entry.conversationKey),
      entry,
    ]),
  )
  const gone = userIds.filter((id) => (entries.get(id)?.state ?? 'written') === 'written')
  const keys = gone.flatMap((id) => entries.get(id)?.key ?? [])
  await db.outbox.bulkDelete(keys.map((key) => [rule.accountId, key] as [string, string]))
  await movePeople(db, rule, gone, 'dropped', { reason })
  const underWay = userIds.filter((id) => entries.has(id) && !gone.includes(id))
  await changePeople(db, rule, underWay, { noLonger: reason })
}

/** Except to whom something is on its way. */
async function dropTheRest(db: Store, { accountId, id }: RuleKey): Promise<void> {
  const left = await entriesOfRule(db, accountId, id, ['sending', 'unconfirmed'])
  const spared = new Set(left.map(({ conversationKey }) => personOf(conversationKey)))
  await db.rulePeople
    .where('[accountId+ruleId+standing+userId]')
    .between([accountId, id, 'not-attempted', -Infinity], [accountId, id, 'not-attempted', Infinity])
    .modify((person, place) => {
      const moved = spared.has(person.userId)
        ? undefined
        : stepPerson(person, 'dropped', { reason: 'cancelled' })
      if (moved) place.value = moved
    })
}

/** An edit holds for everybody who is not reached yet. */
export async function editRule(
  db: Store,
  rule: RuleKey,
  change: (now: OpenRule) => OpenRule,
): Promise<Withdrawn | undefined> {
  return db.transaction('rw', db.rules, db.rulePeople, db.outbox, async () => {
    const now = await ruleOf(db, rule.accountId, rule.id)
    if (!now) return undefined
    const conversations = now.state === 'active' ? await withdraw(db, rule, 'not-attempted') : []
    const changed = change(now)
    await db.rules.put(changed)
    return { rule: changed, conversations }
  })
}

/**
 * The draft becomes a rule in one step. Asked for twice it is one; undefined where its id belongs to other words or
 * other people.
 */
export async function draftToRule(
  db: Store,
  draft: Draft,
  rule: OpenRule,
  userIds: readonly number[],
): Promise<OpenRule | undefined> {
  return db.transaction('rw', db.drafts, db.rules, db.rulePeople, async () => {
    const there = await ruleOf(db, rule.accountId, rule.id)
    if (there && !isSame(there, rule)) return undefined
    if (!there) {
      await db.rules.add(rule)
      await db.rulePeople.bulkAdd(userIds.map((userId) => newPerson(rule, userId)))
    }
    await takeOutSent(db, draft)
    return there ?? rule
  })
}

function isSame(one: OpenRule, other: OpenRule): boolean {
  return (
    one.text === other.text &&
    one.subject === other.subject &&
    JSON.stringify(one.audience) === JSON.stringify(other.audience)
  )
}

export function newPerson({ accountId, id }: RuleKey, userId: number): RulePerson {
  const standing: Standing = 'not-attempted'
  return { accountId, ruleId: id, userId, standing }
}

/** The rule becomes the draft that it was, unless something may have left. */
export async function ruleToDraft(db: Store, rule: RuleKey, messageKey: string): Promise<Draft | undefined> {
  return db.transaction('rw', db.drafts, db.rules, db.rulePeople, async () => {
    const now = await ruleOf(db, rule.accountId, rule.id)
    if (!now?.draft || !stepRule(now, { kind: 'take-back' })) return undefined
    const begun = await db.drafts.get([rule.accountId, now.draft.key])
    const text = begun ? `${now.draft.text}\n\n${begun.text}` : now.draft.text
    const draft = { ...now.draft, messageKey, text }
    await db.drafts.put(draft)
    await db.rules.delete([rule.accountId, rule.id])
    await db.rulePeople
      .where(':id')
      .between([rule.accountId, rule.id, -Infinity], [rule.accountId, rule.id, Infinity])
      .delete()
    return draft
  })
}
