import type { AccountId } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'
import type { LedgerRow } from './rows.ts'

/*
 * Which of one's own messages have arrived, by their keys. It is never evicted while the account stays: the message may be
 * deleted in Moodle before it could be settled, and a draft may be sent again after nobody knew whether it was taken.
 */

export function arrivedAs(db: Store, accountId: AccountId, key: string): Promise<LedgerRow | undefined> {
  return db.ledger.get([accountId, key])
}

/** The ids of those that have arrived, where they are known. */
export async function arrivedKeys(
  db: Store,
  accountId: AccountId,
  keys: readonly string[],
): Promise<Map<string, number>> {
  if (keys.length === 0) return new Map()
  const rows = await db.ledger.bulkGet(keys.map((key) => [accountId, key] as [string, string]))
  return new Map(
    rows.flatMap((row) => (row?.messageId === undefined ? [] : [[row.key, row.messageId] as const])),
  )
}

/** Adds to what is known; a row that says what its words were goes on saying so. */
export async function noteArrived(db: Store, rows: readonly LedgerRow[]): Promise<void> {
  if (rows.length === 0) return
  const there = await db.ledger.bulkGet(rows.map((row) => [row.accountId, row.key] as [string, string]))
  const changed = rows.map((row, i) => ({ ...there[i], ...row }))
  await db.ledger.bulkPut(changed.filter((row, i) => !there[i] || row.words !== there[i]?.words))
}

function hash(text: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193]
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193)
    b = Math.imul(b + text.charCodeAt(i), 0x5bd1e995) ^ (b >>> 13)
  }
  return [a, b].map((half) => (half >>> 0).toString(36).padStart(7, '0').slice(-6)).join('')
}

/** Tells words apart without keeping them. */
export function fingerprint(text: string): string {
  return `${text.length}-${hash(text)}`
}

/** The key of other words under a draft's key: the same whoever asks, so that asked for twice they are one message. */
export function keyOfOtherWords(messageKey: string, text: string): string {
  return hash(`${messageKey} ${text}`)
}
