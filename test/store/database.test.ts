import Dexie from 'dexie'
import { expect, it } from 'vitest'
import { openStore } from '../../lib/store/db.ts'
import { readList } from '../../lib/store/read-list.ts'
import { readThread } from '../../lib/store/read-thread.ts'
import saved from '../fixtures/database-1.json' with { type: 'json' }

interface Saved {
  version: number
  tables: Record<string, { schema: string; rows: object[] }>
}

/** Lays the saved database down as that version of Aside did. */
async function restore(name: string, { version, tables }: Saved): Promise<void> {
  const db = new Dexie(name)
  const schemas = Object.fromEntries(Object.entries(tables).map(([table, { schema }]) => [table, schema]))
  db.version(version).stores(schemas)
  for (const [table, { rows }] of Object.entries(tables)) await db.table(table).bulkPut(rows)
  db.close()
}

it('opens a database of version 1 with everything that was in it', async () => {
  await restore('saved', saved as Saved)
  const store = openStore('saved')
  const accounts = await store.accounts.toArray()
  const { rows, counts } = await readList(store, { accounts, scope: '*', filter: 'all', limit: 20 })
  expect(rows.map(({ subject }) => subject)).toContain('Essay 1 feedback')
  expect(counts?.unread).toBeGreaterThan(0)
  const [account] = accounts
  if (!account) throw new Error('no account')
  const ref = { accountId: account.id, conversationKey: 'u6', dialogueId: 'general' }
  const thread = await readThread(store, { account, ref, limit: 20, usual: [] })
  expect(thread?.entries.map(({ html }) => html)).toEqual(['<p>Still on its way.</p>'])
  expect(thread?.draft?.text).toBe('Half a sentence')
  expect(store.verno).toBe(2)
  expect(await store.rules.count()).toBe(0)
})
