import { personOf } from '../dialogue/dialogue.ts'
import type { Draft } from '../dialogue/draft.ts'
import { type OpenRule, stepRule } from '../dialogue/open-rule.ts'
import { type OutboxEntry, step } from '../dialogue/outbox.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { accountWith } from './accounts.ts'
import { changeConversation, conversationOf } from './conversations.ts'
import type { Store } from './db.ts'
import { saveDraft } from './drafts.ts'
import { arrivedAs } from './ledger.ts'
import { rethread } from './rethread.ts'
import type { Kept } from './second-place.ts'

const UNREACHABLE: Trouble = { kind: 'unreachable', mender: 'wait' }
const LOST_HERE: Trouble = { kind: 'storage', mender: 'person' }

/** Who was sending it is gone with the database; the site is asked before it is sent again. */
function unproven(entry: OutboxEntry): OutboxEntry {
  const nowMs = entry.lease?.untilMs ?? 0
  return step(entry, { kind: 'lease-lost', nowMs, trouble: UNREACHABLE }) ?? entry
}

/**
 * The database is the one that it was, and has lost this entry alone, or the person has dropped it a moment before the
 * worker was stopped. It waits for the person, unless it may have left: then it is looked for.
 */
function inQuestion(entry: OutboxEntry): OutboxEntry {
  const { lease: _, ...rest } = entry
  if (entry.attempts > 0 && entry.state !== 'refused')
    return { ...rest, state: 'unconfirmed', looks: 0, trouble: UNREACHABLE }
  return { ...rest, state: 'refused', trouble: entry.trouble ?? LOST_HERE }
}

async function isAnswered(db: Store, { accountId, key, text }: OutboxEntry): Promise<boolean> {
  if (await arrivedAs(db, accountId, key)) return true
  const drafts = await db.drafts.where(':id').between([accountId, ''], [accountId, '\uffff']).toArray()
  return drafts.some((draft) => draft.text.includes(text))
}

async function bringEntry(db: Store, entry: OutboxEntry, isNew: boolean): Promise<boolean> {
  if (await db.outbox.get([entry.accountId, entry.key])) return false
  if (!isNew && (await isAnswered(db, entry))) return false
  await db.outbox.put(isNew ? unproven(entry) : inQuestion(entry))
  return true
}

async function bringDraft(db: Store, draft: Draft): Promise<void> {
  const there = await db.drafts.get([draft.accountId, draft.key])
  if (!there || there.timeChanged < draft.timeChanged) await saveDraft(db, draft)
}

/** What an entry needs to be seen before the site is read again. */
async function showAgain(db: Store, { accountId, conversationKey }: OutboxEntry): Promise<void> {
  const account = await accountWith(db, accountId)
  if (!account) return
  if (!(await conversationOf(db, accountId, conversationKey))) {
    const personId = personOf(conversationKey)
    const members = personId === undefined ? {} : { memberIds: [personId] }
    await changeConversation(db, accountId, conversationKey, members)
  }
  await rethread(db, account, conversationKey)
}

/** Whom it has reached is lost with the database: it waits for the person, who is asked about whom the site does not show. */
async function bringRule(db: Store, rule: OpenRule): Promise<void> {
  if (await db.rules.get([rule.accountId, rule.id])) return
  const trouble: Trouble = { kind: 'not-proven', mender: 'person' }
  const held = stepRule(rule, { kind: 'pause', trouble }) ?? rule
  const { timeRoster: _, ...lost } = held
  await db.rules.put(rule.state === 'draft' ? rule : { ...lost, ledger: 'incomplete' })
}

/**
 * Brings back what the database lacks. `isNew`: it has been made anew, so accounts come back too and entries go on
 * as they were; otherwise it knows best which accounts there are.
 */
export async function comeBack(db: Store, kept: Kept, isNew: boolean): Promise<void> {
  if (isNew) {
    const there = await db.accounts.bulkGet(kept.accounts.map(({ id }) => id))
    await db.accounts.bulkPut(kept.accounts.filter((_, i) => !there[i]))
  }
  const known = new Set(await db.accounts.toCollection().primaryKeys())
  const isKnown = ({ accountId }: { accountId: string }) => isNew || known.has(accountId)
  for (const draft of kept.drafts.filter(isKnown)) await bringDraft(db, draft)
  for (const entry of kept.outbox.filter(isKnown).sort((a, b) => a.position - b.position))
    if (await bringEntry(db, entry, isNew)) await showAgain(db, entry)
  if (isNew) for (const rule of kept.rules) await bringRule(db, rule)
}
