import type { Protocol } from '../../lib/extension/protocol.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { searchStore } from '../../lib/store/search.ts'
import { countUnindexed } from '../../lib/store/search-index.ts'
import { keepIndexed } from '../../lib/store/search-keeper.ts'
import { locate, searchServer } from '../../lib/sync/search-server.ts'
import { type Answers, accountOf, visible } from './access.ts'
import type { Caller } from './caller.ts'
import { scopeOf } from './screens.ts'
import { store, world } from './worker.ts'

const keeper = keepIndexed(store, world.pause)
/** What an earlier worker left, once the screens that woke this one have their answers. */
const LATER_MS = 3000
void world.pause(LATER_MS).then(keeper.catchUp)

/** So few are taken in before the answer, so that what has just arrived is found. */
const FEW = 60

async function takeInFew(accounts: readonly AccountRow[]): Promise<void> {
  const noted = await Promise.all(accounts.map(({ id }) => countUnindexed(store, id)))
  const all = noted.reduce((sum, n) => sum + n, 0)
  if (all === 0) return
  const work = keeper.catchUp()
  if (all <= FEW) await work
}

async function search(
  ask: Parameters<Protocol['search']>[0],
  caller: Caller,
): Promise<ReturnType<Protocol['search']>> {
  const seen = await visible(caller)
  const accounts = ask.accountId === undefined ? seen : seen.filter(({ id }) => id === ask.accountId)
  await takeInFew(accounts)
  const { typed, limit } = ask
  return searchStore(store, { accounts, scope: scopeOf(ask, accounts[0]), typed, limit })
}

/** Looking for what was said, here and on the site. */
export const searching = {
  search,
  searchServer: async ({ accountId, typed, from }, caller) =>
    searchServer(world, (await accountOf(caller, accountId)).id, typed, from),
  locate: async ({ ref, messageId }, caller) => {
    await accountOf(caller, ref.accountId)
    return locate(world, ref, messageId)
  },
} satisfies Partial<Answers>
