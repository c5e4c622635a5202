import Dexie, { type DBCore, type DBCoreTable, type DBCoreTransaction } from 'dexie'
import { openStore, type Store } from '../../lib/store/db.ts'
import type { Life } from './life.ts'

/** The disk of one browser profile: at the chosen write it is full, once. */
export interface Disk {
  name: string
  writesUntilFull: number
  timesFull: number
}

function takesNoMore(disk: Disk): boolean {
  if (--disk.writesUntilFull !== 0) return false
  disk.timesFull++
  return true
}

function mortalTable(table: DBCoreTable, life: Life, disk: Disk): DBCoreTable {
  return {
    ...table,
    mutate: (request) => {
      if (takesNoMore(disk)) return Promise.reject(new Dexie.QuotaExceededError('the disk is full'))
      return life.step(() => table.mutate(request))
    },
    get: (request) => life.step(() => table.get(request)),
    getMany: (request) => life.step(() => table.getMany(request)),
    query: (request) => life.step(() => table.query(request)),
    openCursor: (request) => life.step(() => table.openCursor(request)),
    count: (request) => life.step(() => table.count(request)),
  }
}

function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // It is over, and has not said so yet.
  }
}

/** As browsers do, a worker that is stopped takes its open transactions with it. */
function createOpenTransactions(life: Life) {
  const open = new Set<IDBTransaction>()
  life.onEnd(() => {
    for (const transaction of open) abort(transaction)
  })
  return (transaction: IDBTransaction) => {
    open.add(transaction)
    for (const end of ['complete', 'abort']) transaction.addEventListener(end, () => open.delete(transaction))
  }
}

function mortalCore(core: DBCore, life: Life, disk: Disk): DBCore {
  const opened = createOpenTransactions(life)
  return {
    ...core,
    transaction: (stores, mode, options) => {
      const transaction = core.transaction(stores, mode, options)
      opened(transaction as DBCoreTransaction & IDBTransaction)
      return transaction
    },
    table: (name) => mortalTable(core.table(name), life, disk),
  }
}

/** One worker's own connection to the store. */
export function mortalStore(disk: Disk, life: Life): Store {
  const store = openStore(disk.name)
  store.use({ stack: 'dbcore', name: 'mortal', create: (core) => mortalCore(core, life, disk) })
  return store
}
