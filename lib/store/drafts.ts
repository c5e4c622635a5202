import type { AccountId } from '../dialogue/dialogue.ts'
import {
  bothDrafts,
  type Draft,
  isEmptyDraft,
  isForAnother,
  isNewDraftKey,
  mergedDraft,
  withoutSent,
  withReturned,
} from '../dialogue/draft.ts'
import { mayTakeBack, type OutboxEntry } from '../dialogue/outbox.ts'
import { ofAccount } from './accounts.ts'
import type { Store } from './db.ts'
import { arrivedAs, fingerprint } from './ledger.ts'
import { lastPosition } from './outbox.ts'
import { LISTING, relist } from './relist.ts'
import { dropPerson } from './rule-people.ts'

/** Whether these very words, or more, were made into a message already. */
async function isTaken(db: Store, { accountId, messageKey, text }: Draft): Promise<boolean> {
  const entry = await db.outbox.get([accountId, messageKey])
  if (entry) return entry.text.includes(text)
  const arrived = await arrivedAs(db, accountId, messageKey)
  if (arrived) return arrived.words === fingerprint(text)
  return (await db.rules.get([accountId, messageKey]))?.text.includes(text) ?? false
}

export interface SavedDraft {
  /** As it is stored now. */
  draft: Draft
  /** What another tab had written, where the two could not be made one: both are stored, one below the other. */
  other?: Draft
}

/** Written without knowing what is stored. */
function isStale(stored: Draft, { revision, basedOn = [] }: Pick<Draft, 'revision' | 'basedOn'>): boolean {
  if (stored.revision === undefined) return basedOn.length > 0
  return stored.revision !== revision && !basedOn.includes(stored.revision)
}

/** Another revision than its writer knows of, so that nothing written meanwhile takes it for known. */
function anew(draft: Draft): Draft {
  return draft.revision === undefined ? draft : { ...draft, revision: `${draft.revision}+` }
}

function joined(draft: Draft, stored: Draft): SavedDraft {
  // Two letters to two people that were begun in the same place.
  if (isForAnother(draft, stored)) return { draft: { ...draft, key: `new/${draft.messageKey}` } }
  const merged = mergedDraft(draft, stored)
  return merged ? { draft: anew(merged) } : { draft: anew(bothDrafts(draft, stored)), other: stored }
}

/**
 * A draft is kept unless a message was made of its words: a late save must not bring them back. Words that another tab
 * has stored meanwhile are never written over.
 */
export async function saveDraft(db: Store, draft: Draft): Promise<SavedDraft> {
  return db.transaction('rw', [...LISTING, 'outbox', 'ledger'], async () => {
    if (await isTaken(db, draft)) return { draft }
    const { basedOn: _, putAbove: _above, ...kept } = draft
    const stored = await draftOf(db, draft.accountId, draft.key)
    const saved = stored && isStale(stored, draft) ? joined(kept, stored) : { draft: kept }
    const isNothing = isEmptyDraft(saved.draft) && !saved.draft.subject && !saved.draft.to
    if (isNothing) await db.drafts.delete([saved.draft.accountId, saved.draft.key])
    else await db.drafts.put(saved.draft)
    // The list says that there is a draft, and nothing of its words.
    if (isNothing !== (stored === undefined)) await relistDraft(db, saved.draft)
    return saved
  })
}

/** Only of an answer: what is not begun stands in no list. */
async function relistDraft(db: Store, { accountId, key }: Pick<Draft, 'accountId' | 'key'>): Promise<void> {
  const [conversationKey = '', dialogueId] = key.split('/')
  if (dialogueId !== undefined && !isNewDraftKey(key))
    await relist(db, [{ accountId, conversationKey, dialogueId }])
}

export function draftOf(db: Store, accountId: AccountId, key: string): Promise<Draft | undefined> {
  return db.drafts.get([accountId, key])
}

export function draftsOf(db: Store, accountId: AccountId): Promise<Draft[]> {
  return ofAccount(db, 'drafts', accountId).toArray()
}

/** Thrown away by the person, who has seen what is stored; another tab's words stay. */
export async function discardDraft(
  db: Store,
  { accountId, key, basedOn }: Pick<Draft, 'accountId' | 'key' | 'basedOn'>,
): Promise<void> {
  await db.transaction('rw', LISTING, async () => {
    const stored = await draftOf(db, accountId, key)
    if (!stored || isStale(stored, basedOn ? { basedOn } : {})) return
    await db.drafts.delete([accountId, key])
    await relistDraft(db, { accountId, key })
  })
}

/** Whether nothing is lost with `stored` once `draft` is sent; it may have been begun anew in another tab. */
function isWithin(stored: Draft, draft: Draft): boolean {
  const isEarlier = stored.messageKey === draft.messageKey && stored.timeChanged <= draft.timeChanged
  return (isEarlier && !isStale(stored, draft)) || draft.text.includes(stored.text)
}

type NewEntry = Omit<OutboxEntry, 'position'>

/** What was made of the same words with the same key before. `other`: the key belongs to other words. */
async function madeBefore(db: Store, entry: NewEntry): Promise<OutboxEntry | 'other' | undefined> {
  const there = await db.outbox.get([entry.accountId, entry.key])
  if (there) return there.text === entry.text ? there : 'other'
  const arrived = await arrivedAs(db, entry.accountId, entry.key)
  if (!arrived) return undefined
  if (arrived.words !== fingerprint(entry.text)) return 'other'
  const { messageId } = arrived
  return { ...entry, position: 0, state: 'delivered', ...(messageId === undefined ? {} : { messageId }) }
}

/**
 * The draft becomes an entry in one step: never both, never neither. Asked for twice it is one; undefined where the key
 * belongs to other words, which happens to who writes on after nobody knew whether the first were taken.
 */
export async function draftToOutbox(
  db: Store,
  draft: Draft,
  entry: NewEntry,
): Promise<OutboxEntry | undefined> {
  return db.transaction('rw', db.drafts, db.outbox, db.ledger, async () => {
    const before = await madeBefore(db, entry)
    if (before === 'other') return undefined
    const position = 1 + (await lastPosition(db, entry.accountId))
    const whole: OutboxEntry = before ?? { ...entry, position }
    if (!before) await db.outbox.add(whole)
    await takeOutSent(db, draft)
    return whole
  })
}

/** A draft whose words were made into a message, or into a rule, goes; words that it does not know of stay. */
export async function takeOutSent(db: Store, draft: Draft): Promise<void> {
  const stored = await db.drafts.get([draft.accountId, draft.key])
  if (!stored || isWithin(stored, draft)) await db.drafts.delete([draft.accountId, draft.key])
  else await db.drafts.put(withoutSent(stored, draft))
}

/**
 * The entry becomes a draft in one step, if it may still be taken back: it could have left a moment ago.
 * A draft begun since is kept below the returning text.
 */
export async function outboxToDraft(
  db: Store,
  { accountId, key }: OutboxEntry,
  draft: Draft,
): Promise<Draft | undefined> {
  return db.transaction('rw', db.drafts, db.outbox, db.rulePeople, async () => {
    const now = await db.outbox.get([accountId, key])
    if (!now || !mayTakeBack(now)) return undefined
    const begun = await db.drafts.get([draft.accountId, draft.key])
    const whole = { ...withReturned(draft, begun), revision: key }
    // "Close" and "reopen" may say nothing of their own.
    if (!isEmptyDraft(whole) || whole.to) await db.drafts.put(whole)
    await db.outbox.delete([accountId, key])
    await dropPerson(db, now)
    return whole
  })
}
