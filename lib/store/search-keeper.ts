import Dexie from 'dexie'
import { accountsOf } from './accounts.ts'
import type { Store } from './db.ts'
import { indexBatch } from './search-index.ts'

/*
 * resting ──► indexing   messages were noted, or the worker has started
 * indexing ──► resting   nothing is noted any more
 */
export interface Keeper {
  /** Takes in what is noted, one batch after another; resolves when nothing is left. */
  catchUp(): Promise<void>
  stop(): void
}

/** Changes come in flocks. */
const SOON_MS = 400
/** Between batches everybody else has their turn. */
const REST_MS = 100

export function keepIndexed(db: Store, pause: (ms: number) => Promise<void>): Keeper {
  const noted = `idb://${db.name}/unindexed/`
  let running: Promise<void> | undefined
  let isAgain = false

  async function indexAll(): Promise<void> {
    for (const account of await accountsOf(db)) {
      while ((await indexBatch(db, account)) > 0) await pause(REST_MS)
    }
  }

  async function run(): Promise<void> {
    do {
      isAgain = false
      await indexAll()
    } while (isAgain)
  }

  /** What cannot be indexed now, because the database is closing say, is still noted at the next start. */
  function catchUp(): Promise<void> {
    isAgain = true
    running ??= run()
      .catch(() => undefined)
      .finally(() => {
        running = undefined
      })
    return running
  }

  let isWaiting = false
  const hear = (parts: object): void => {
    if (isWaiting || !Object.keys(parts).some((part) => part.startsWith(noted))) return
    isWaiting = true
    void pause(SOON_MS).then(() => {
      isWaiting = false
      return catchUp()
    })
  }
  Dexie.on('storagemutated', hear)
  return { catchUp, stop: () => Dexie.on.storagemutated.unsubscribe(hear) }
}
