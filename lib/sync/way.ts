import type { AccountId } from '../dialogue/dialogue.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { isSignedOut, type MoodleClient } from '../moodle/index.ts'
import { accountWith, forgetLate } from '../store/accounts.ts'
import type { AccountRow } from '../store/rows.ts'
import { changeSync, syncOf } from '../store/sync-state.ts'
import { withRoom } from './room.ts'
import { retryAfterOf, troubleOf } from './trouble.ts'
import { type Connection, isTrouble, type World } from './world.ts'

export interface WorkResult {
  trouble?: Trouble
  /** Seconds for which the site asked to be left alone. */
  retryAfter?: number
}

type Work = (connection: Connection, account: AccountRow) => Promise<unknown>

export async function noteTrouble(
  world: World,
  accountId: AccountId,
  trouble: Trouble | undefined,
): Promise<void> {
  const before = (await syncOf(world.store, accountId)).trouble
  if (before?.kind === trouble?.kind && before?.serverSays === trouble?.serverSays) return
  await changeSync(world.store, accountId, { trouble })
  world.note?.(accountId, { kind: 'trouble', ...(trouble ? { trouble: trouble.kind } : {}) })
  world.changed(accountId, ['sync', 'accounts'])
}

async function failed(
  world: World,
  account: AccountRow,
  connection: Connection,
  error: unknown,
): Promise<WorkResult> {
  const trouble = troubleOf(error)
  if (isSignedOut(error)) await connection.lost()
  await noteTrouble(world, account.id, trouble)
  const retryAfter = retryAfterOf(error)
  return { trouble, ...(retryAfter === undefined ? {} : { retryAfter }) }
}

/** Does `work` over the account's own way to the site; what goes wrong becomes the account's trouble, until it goes well. */
export function withConnection(world: World, accountId: AccountId, work: Work): Promise<WorkResult> {
  return doWork(world, accountId, work, true)
}

/** As `withConnection`, for work that may end well without an answer of the site's, which proves nothing then. */
export function withPerhapsNothing(world: World, accountId: AccountId, work: Work): Promise<WorkResult> {
  return doWork(world, accountId, work, false)
}

/** What only a token reaches: the connection's own way, or the account's token beside its session. */
export async function tokenWay(
  world: World,
  first: Connection,
  account: AccountRow,
): Promise<MoodleClient<'rest'> | undefined> {
  const { way } = first
  if (way.kind !== 'session') return way
  const second = await world.connectByToken?.(account)
  return second && !isTrouble(second) && second.way.kind !== 'session' ? second.way : undefined
}

async function doWork(world: World, accountId: AccountId, work: Work, isProof: boolean): Promise<WorkResult> {
  const account = await accountWith(world.store, accountId)
  if (!account) return {}
  const connection = await world.connect(account)
  if (isTrouble(connection)) {
    await noteTrouble(world, accountId, connection)
    return { trouble: connection }
  }
  try {
    await withRoom(world, () => work(connection, account))
    if (isProof) await noteTrouble(world, accountId, undefined)
    return {}
  } catch (error) {
    return failed(world, account, connection, error)
  } finally {
    await forgetLate(world.store, account).catch(() => undefined)
  }
}
