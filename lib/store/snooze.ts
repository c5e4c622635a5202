import type { DialogueRef } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'
import { inList } from './list-counts.ts'
import { listPrefix, scopeAll } from './lists.ts'
import { putMark } from './marks.ts'
import { LISTING, relist } from './relist.ts'
import type { AccountRow, DialogueRecord } from './rows.ts'

/*
 * in the lists ──► put off         until a time
 * put off ───────► in the lists    its time has come; somebody says something; the person takes it back
 */

async function firstDue(db: Store, { id }: AccountRow, now: number): Promise<DialogueRecord[]> {
  const prefix = listPrefix(id, scopeAll, 'snoozed')
  return inList(db, prefix, [prefix, `${prefix}0${String(now + 1).padStart(11, '0')}`]).toArray()
}

/** Brings back what was put off until now; says what. */
export async function wake(db: Store, accounts: AccountRow[], now: number): Promise<DialogueRef[]> {
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
export async function nextWaking(db: Store, accounts: AccountRow[]): Promise<number | undefined> {
  const each = await Promise.all(
    accounts.map(({ id }) => inList(db, listPrefix(id, scopeAll, 'snoozed')).first()),
  )
  const times = each.flatMap((record) => record?.marks?.snoozedUntil ?? [])
  return times.length > 0 ? Math.min(...times) : undefined
}
