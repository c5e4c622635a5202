import Dexie, { type Table } from 'dexie'
import { rememberAccounts } from './accounts.ts'
import { comeBack } from './come-back.ts'
import { declareTables, type Store } from './db.ts'
import { mirrorTo } from './mirror.ts'
import { FILING } from './rethread.ts'
import type { AccountRow } from './rows.ts'
import {
  DATABASE,
  isKeptRow,
  KEPT_TABLES,
  type Kept,
  type KeptTable,
  keptOf,
  keyOfItem,
  type SecondPlace,
} from './second-place.ts'

/*
 * closed ───► open       it opens, and what people wrote can be read
 * closed ───► closed     it does not: once more after a moment
 * closed ───► empty      it does not twice: deleted, made anew
 * empty ────► open       accounts, drafts and outbox come back from the second place, the rest from the sites
 * open ─────► open       the second place and it are brought into agreement
 */

/** Stands beside the sealing key. Gone with the database, it tells that one from the next. */
interface NameRow {
  id: 'database'
  name: string
}

const nameRows = (db: Store) => db.table<NameRow, string>('keys')

/** A database that opens may still be unreadable. */
async function openAndRead(db: Store): Promise<Items> {
  await db.open()
  return itemsOf(db)
}

const MOMENT_MS = 150

async function openOrRebuild(db: Store): Promise<Items> {
  try {
    return await openAndRead(db)
  } catch {
    db.close()
    await new Promise((done) => setTimeout(done, MOMENT_MS))
    return openAndRead(db).catch(() => rebuild(db))
  }
}

async function rebuild(db: Store): Promise<Items> {
  await db.delete()
  declareTables(db)
  return openAndRead(db)
}

/** The name of the database, given to it when it is made. */
async function nameOf(db: Store): Promise<string | undefined> {
  return (await nameRows(db).get('database'))?.name
}

async function agreeOnName(db: Store, kept: Kept): Promise<{ name: string; isNew: boolean }> {
  const there = await nameOf(db)
  if (there !== undefined && there === kept.database) return { name: there, isNew: false }
  // Without a name in the second place, nothing was ever kept there.
  const isNew = kept.database !== undefined
  const name = crypto.randomUUID()
  await nameRows(db).put({ id: 'database', name })
  return { name, isNew }
}

type Items = Map<string, unknown>

function primaryKey(table: Table, row: object): unknown {
  const { keyPath } = table.schema.primKey
  const of = (path: string): unknown => Dexie.getByKeyPath(row, path)
  return Array.isArray(keyPath) ? keyPath.map(of) : of(String(keyPath))
}

async function itemsIn(db: Store, name: KeptTable): Promise<[string, unknown][]> {
  const table = db.table<object>(name)
  const rows = await table.toArray()
  if (name === 'accounts') rememberAccounts(db, rows as AccountRow[])
  return rows
    .filter((row) => isKeptRow(name, row))
    .map((row) => [keyOfItem(name, primaryKey(table, row)), row])
}

/** Every item as the database holds it now, and the name of the database if it has one. */
function itemsOf(db: Store): Promise<Items> {
  return db.transaction('r', [...KEPT_TABLES, 'keys'], async () => {
    const [name, ...items] = await Promise.all([
      nameOf(db),
      ...KEPT_TABLES.map((table) => itemsIn(db, table)),
    ])
    return new Map([...items.flat(), ...(name === undefined ? [] : [[DATABASE, name] as const])])
  })
}

/** A browser may give the fields back in another order. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return one === other
  const [a, b] = [Object.entries(one), new Map(Object.entries(other))]
  return a.length === b.size && a.every(([name, value]) => isSame(value, b.get(name)))
}

function differences(before: Record<string, unknown>, now: Items): Items {
  const changed = [...now].filter(([key, item]) => !isSame(before[key], item))
  const gone = Object.keys(before).filter((key) => !now.has(key))
  return new Map([...changed, ...gone.map((key) => [key, undefined] as const)])
}

const TABLES = [...FILING, 'keys', 'ledger', 'rulePeople']

/**
 * Opens the store with a second place for what people wrote. A database that cannot be opened is made anew; says
 * whether it was. Where the browser gives none at all, this fails and the second place stays as it is.
 */
export async function openSafely(db: Store, place: SecondPlace): Promise<{ isNew: boolean }> {
  const mirror = mirrorTo(db, place)
  // Beside each other: whoever woke the worker waits for both, and mostly for nothing more.
  const [there, held] = await Promise.all([place.read(), openOrRebuild(db)])
  if (held.has(DATABASE) && differences(there, held).size === 0) return { isNew: false }
  const kept = keptOf(there)
  const { isNew } = await db.transaction('rw', TABLES, async () => {
    const agreed = await agreeOnName(db, kept)
    await comeBack(db, kept, agreed.isNew)
    return agreed
  })
  await mirror.settled()
  const changes = differences(await place.read(), await itemsOf(db))
  if (changes.size > 0) await mirror.write(changes).catch(() => undefined)
  return { isNew }
}
