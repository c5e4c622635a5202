import Dexie from 'dexie'
import type { AccountId } from '../dialogue/dialogue.ts'
import { ACCOUNT_TABLES, type Store } from './db.ts'
import { mirrored } from './mirror.ts'
import { remember, remembered } from './remembered.ts'
import type { AccountRow } from './rows.ts'

export function accountsOf(db: Store): Promise<readonly AccountRow[]> {
  return remembered(db, 'accounts', '', async () => db.accounts.toArray())
}

/** Whoever reads them all as they are now spares the next one the reading. */
export function rememberAccounts(db: Store, rows: readonly AccountRow[]): void {
  remember(db, 'accounts', '', rows)
}

export async function accountWith(db: Store, id: AccountId): Promise<AccountRow | undefined> {
  return (await accountsOf(db)).find((account) => account.id === id)
}

/** All rows of one account in a table whose primary key begins with the account. */
export function ofAccount(db: Store, table: (typeof ACCOUNT_TABLES)[number], accountId: AccountId) {
  return db.table(table).where(':id').between([accountId, Dexie.minKey], [accountId, Dexie.maxKey])
}

const UNSENT = new Set<string>([
  'drafts',
  'outbox',
  'arrivals',
  'ledger',
  'rules',
  'rulePeople',
  'marks',
  'moves',
  'habits',
])

/** Forgets what was read from the site; what the person wrote and marked stays for the same person's next login. */
export async function forgetCached(db: Store, accountId: AccountId): Promise<void> {
  await db.transaction('rw', db.tables, async () => {
    for (const table of ACCOUNT_TABLES) {
      if (!UNSENT.has(table)) await ofAccount(db, table, accountId).delete()
    }
    await db.tokens.delete(accountId)
    await db.sync.delete(accountId)
    await db.accounts
      .where('id')
      .equals(accountId)
      .modify((row) => {
        row.forgotten = (row.forgotten ?? 0) + 1
      })
  })
}

/** What came in while the account was wiped or removed goes again. */
export async function forgetLate(db: Store, before: AccountRow): Promise<void> {
  const now = await accountWith(db, before.id)
  if (!now) await removeAccount(db, before.id)
  else if (now.forgotten !== before.forgotten) await forgetCached(db, before.id)
}

/** Removes an account and everything of it: no row stays, here or in the second place. */
export async function removeAccount(db: Store, accountId: AccountId): Promise<void> {
  await db.transaction('rw', db.tables, async () => {
    for (const table of ACCOUNT_TABLES) await ofAccount(db, table, accountId).delete()
    await db.tokens.delete(accountId)
    await db.sync.delete(accountId)
    await db.accounts.delete(accountId)
  })
  await mirrored(db)
}

export async function countRows(db: Store, accountId: AccountId) {
  const count = (table: (typeof ACCOUNT_TABLES)[number]) => ofAccount(db, table, accountId).count()
  const [messages, dialogues, drafts, waiting] = await Promise.all(
    (['messages', 'dialogues', 'drafts', 'outbox'] as const).map(count),
  )
  return {
    accountId,
    messages: messages ?? 0,
    dialogues: dialogues ?? 0,
    drafts: drafts ?? 0,
    waiting: waiting ?? 0,
  }
}
