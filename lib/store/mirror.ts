import type { DBCore, DBCoreMutateRequest, DBCoreMutateResponse, DBCoreTable } from 'dexie'
import type { Draft } from '../dialogue/draft.ts'
import type { Store } from './db.ts'
import { isKeptRow, isKeptTable, type KeptTable, keyOfItem, type SecondPlace } from './second-place.ts'

type Changes = Map<string, unknown>

interface Mirror {
  write(changes: Changes): Promise<void>
  /** Settles when everything that was committed so far is in the second place. */
  settled(): Promise<void>
}

/** One write after the other, so that the last word of an item is the last one written. */
function createMirror(place: SecondPlace): Mirror {
  let tail: Promise<void> = Promise.resolve()
  return {
    write(changes) {
      const written = tail.then(() => place.write(changes))
      // The database holds it; the next start brings both into agreement.
      tail = written.catch(() => undefined)
      return written
    },
    settled: () => tail,
  }
}

const mirrors = new WeakMap<Store, Mirror>()

function changesBy(name: KeptTable, table: DBCoreTable, request: DBCoreMutateRequest): Changes {
  const { extractKey } = table.schema.primaryKey
  const values = request.type === 'add' || request.type === 'put' ? request.values : []
  const put = values.filter((row) => isKeptRow(name, row))
  const gone = request.type === 'delete' ? request.keys : []
  return new Map([
    ...put.map((row) => [keyOfItem(name, extractKey?.(row)), structuredClone(row)] as const),
    ...gone.map((key) => [keyOfItem(name, key), undefined] as const),
  ])
}

/** A range is deleted key by key, so that it is known what goes. In Dexie's own promises: others leave its transaction. */
function named(
  table: DBCoreTable,
  request: DBCoreMutateRequest,
): PromiseLike<DBCoreMutateRequest> | undefined {
  if (request.type !== 'deleteRange') return undefined
  const { trans, range } = request
  const query = { trans, values: false, query: { index: table.schema.primaryKey, range } }
  return table.query(query).then(({ result }) => ({ type: 'delete', trans, keys: result }))
}

/** What a transaction changed, written down when it is committed and forgotten when it is not. */
function createPending(mirror: Mirror) {
  const pending = new WeakMap<object, Changes>()
  return (transaction: object, changes: Changes): void => {
    const there = pending.get(transaction)
    if (changes.size === 0 && !there) return
    const all = there ?? new Map()
    for (const [key, item] of changes) all.set(key, item)
    if (there) return
    pending.set(transaction, all)
    const commit = () => void mirror.write(all).catch(() => undefined)
    ;(transaction as IDBTransaction).addEventListener('complete', commit, { once: true })
  }
}

function mirroredCore(core: DBCore, note: (transaction: object, changes: Changes) => void): DBCore {
  return {
    ...core,
    table(name) {
      const table = core.table(name)
      if (!isKeptTable(name)) return table
      return {
        ...table,
        mutate(request) {
          const mutate = (exact: DBCoreMutateRequest) =>
            table.mutate(exact).then((answer) => {
              note(exact.trans, changesBy(name, table, exact))
              return answer
            })
          return (named(table, request)?.then(mutate) ?? mutate(request)) as Promise<DBCoreMutateResponse>
        },
      }
    },
  }
}

/** From now on what is kept in the database is kept in the second place too, in the same breath. */
export function mirrorTo(db: Store, place: SecondPlace): Mirror {
  const mirror = createMirror(place)
  const note = createPending(mirror)
  mirrors.set(db, mirror)
  db.use({ stack: 'dbcore', name: 'mirror', create: (core) => mirroredCore(core, note) })
  return mirror
}

/** When this settles, the second place holds what the database holds. */
export async function mirrored(db: Store): Promise<void> {
  await mirrors.get(db)?.settled()
}

/** Kept in the second place alone, because the database takes nothing; the next start brings it back. */
export async function keepAside(db: Store, draft: Draft): Promise<boolean> {
  const mirror = mirrors.get(db)
  if (!mirror) return false
  const changes = new Map([[keyOfItem('drafts', [draft.accountId, draft.key]), draft]])
  return mirror.write(changes).then(
    () => true,
    () => false,
  )
}
