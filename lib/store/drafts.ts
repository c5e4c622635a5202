import type { AccountId } from '../dialogue/dialogue.ts'
import { type Draft, isEmptyDraft } from '../dialogue/draft.ts'
import { mayTakeBack, type OutboxEntry } from '../dialogue/outbox.ts'
import { ofAccount } from './accounts.ts'
import type { Store } from './db.ts'
import { entriesOf } from './outbox.ts'

/** A draft is kept unless the message made from it stands in the outbox: a late save must not bring it back. */
export async function saveDraft(db: Store, draft: Draft): Promise<void> {
  await db.transaction('rw', db.drafts, db.outbox, async () => {
    if (await db.outbox.get([draft.accountId, draft.messageKey])) return
    if (isEmptyDraft(draft) && !draft.subject && !draft.to)
      await db.drafts.delete([draft.accountId, draft.key])
    else await db.drafts.put(draft)
  })
}

export function draftOf(db: Store, accountId: AccountId, key: string): Promise<Draft | undefined> {
  return db.drafts.get([accountId, key])
}

export function draftsOf(db: Store, accountId: AccountId): Promise<Draft[]> {
  return ofAccount(db, 'drafts', accountId).toArray()
}

export async function discardDraft(db: Store, accountId: AccountId, key: string): Promise<void> {
  await db.drafts.delete([accountId, key])
}

/** The draft becomes an entry in one step: never both, never neither. */
export async function draftToOutbox(db: Store, draft: Draft, entry: Omit<OutboxEntry, 'position'>) {
  return db.transaction('rw', db.drafts, db.outbox, async () => {
    const there = await db.outbox.get([entry.accountId, entry.key])
    if (there) return there
    const last = (await entriesOf(db, entry.accountId)).at(-1)
    const whole: OutboxEntry = { ...entry, position: (last?.position ?? 0) + 1 }
    await db.outbox.add(whole)
    await db.drafts.delete([draft.accountId, draft.key])
    return whole
  })
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
  return db.transaction('rw', db.drafts, db.outbox, async () => {
    const now = await db.outbox.get([accountId, key])
    if (!now || !mayTakeBack(now)) return undefined
    const begun = await db.drafts.get([draft.accountId, draft.key])
    const text = begun && !isEmptyDraft(begun) ? `${draft.text}\n\n${begun.text}` : draft.text
    const whole = { ...draft, text }
    await db.drafts.put(whole)
    await db.outbox.delete([accountId, key])
    return whole
  })
}
