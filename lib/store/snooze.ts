import type { DialogueRef } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'
import { inList } from './list-counts.ts'
import { listPrefix, scopeAll } from './lists.ts'
import { putMark } from './marks.ts'
import { LISTING, relist } from './relist.ts'
import { remembered } from './remembered.ts'
import type { AccountRow, DialogueRecord } from './rows.ts'

/*
 * in the lists ──► put off         until a time
 * put off ───────► in the lists    its time has come; somebody says something; the person takes it back
 */

/** In the list of what is put off, the first is that whose time comes first. */
function nextOf(db: Store, { id }: AccountRow): Promise<DialogueRecord | undefined> {
  const prefix = listPrefix(id, scopeAll, 'snoozed')
  return remembered(db, 'dialogues', `first ${prefix}`, async () => inList(db, prefix).first())
}

async function firstDue(db: Store, account: AccountRow, now: number): Promise<DialogueRecord[]> {
  const next = await nextOf(db, account)
  if (!next || (next.marks?.snoozedUntil ?? 0) > now) return []
  const prefix = listPrefix(account.id, scopeAll, 'snoozed')
  return inList(db, prefix, [prefix, `${prefix}0${String(now + 1).padStart(11, '0')}`]).toArray()
}

/** Brings back what was put off until now; says what. */
export async function wake(db: Store, accounts: readonly AccountRow[], now: number): Promise<DialogueRef[]> {
  const due = (await Promise.all(accounts.map((account) => firstDue(db, account, now)))).flat()
  const refs = due.map(({ accountId, key, dialogueId }) => ({ accountId, conversationKey: key, dialogueId }))
  if (refs.length === 0) return refs
  await db.transaction('rw', LISTING, async () => {
    for (const ref of refs) await putMark(db, ref, { snoozeUntil: null })
    await relist(db, refs)
  })
  return refs
}

/** When the next one comes back. */
export async function nextWaking(db: Store, accounts: readonly AccountRow[]): Promise<number | undefined> {
  const each = await Promise.all(accounts.map((account) => nextOf(db, account)))
  const times = each.flatMap((record) => record?.marks?.snoozedUntil ?? [])
  return times.length > 0 ? Math.min(...times) : undefined
}
