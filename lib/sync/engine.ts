import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import type { SyncPhase, SyncView } from '../dialogue/views.ts'
import { accountWith } from '../store/accounts.ts'
import { forgetOldWords } from '../store/retention.ts'
import { forgetOldRosters } from '../store/roster.ts'
import type { AccountRow, SyncRow } from '../store/rows.ts'
import { changeSync, syncOf } from '../store/sync-state.ts'
import { stepFirstSync } from './first-sync.ts'
import { flush } from './flush.ts'
import { lookAgain, type ShownStretch } from './look-again.ts'
import { pullOlder } from './older.ts'
import { runRules } from './open-rules.ts'
import { lookForDeletedPeople, pullOrForget } from './people.ts'
import { learnPlaces } from './places.ts'
import { withRoom } from './room.ts'
import { lookAtTheRest, lookForNews, tellReads } from './round.ts'
import { slowRoundIsDue } from './schedule.ts'
import { rememberTime } from './site-time.ts'
import { type WorkResult, withConnection, withPerhapsNothing } from './way.ts'
import type { Connection, World } from './world.ts'

/*
 * One account's sync:
 *
 * resting ────► looking      its time has come, or the person asked
 * looking ────► resting      looked; the next round by the schedule
 * looking ────► waiting      the site did not answer usably; the next round after a back-off
 * looking ────► paused       nobody is logged in as this person: no round until a page or a token says otherwise
 * waiting ────► looking      the back-off is over, or the person asked
 * paused ─────► looking      a page of the same person, or a token
 */
export interface Engine {
  /** One look, unless one is under way. */
  round(accountId: AccountId): Promise<WorkResult>
  /** A look that begins after this call: one under way may have passed by what is waited for. */
  roundAnew(accountId: AccountId): Promise<WorkResult>
  /** Sends what is due. */
  flush(accountId: AccountId): Promise<void>
  /** Runs the rules that are due. */
  rules(accountId: AccountId): Promise<void>
  /** Goes on with the first reading of everything, until done or in trouble. */
  catchUp(accountId: AccountId): Promise<void>
  pull(accountId: AccountId, key: ConversationKey): Promise<WorkResult>
  older(accountId: AccountId, key: ConversationKey): Promise<WorkResult>
  /** Whether an older stretch on screen is still so on the site. */
  lookAgain(accountId: AccountId, key: ConversationKey, shown: ShownStretch): Promise<WorkResult>
  tellReads(accountId: AccountId): Promise<WorkResult>
  view(accountId: AccountId): Promise<SyncView>
}

const SHORTEST_PAUSE_MS = 200
/** The site gets twice the rest that it needed for the work. */
const REST = 2

function isNew({ listDone, listOffset }: SyncRow): boolean {
  return !listDone && listOffset === undefined
}

async function look(world: World, connection: Connection, account: AccountRow): Promise<void> {
  // An account that shows nothing yet: the first screenful before anything else.
  if (isNew(await syncOf(world.store, account.id))) await stepFirstSync(world, connection, account)
  await tellReads(world, connection, account)
  await lookForNews(world, connection, account)
  const sync = await syncOf(world.store, account.id)
  const now = world.serverTime(account)
  if (sync.listDone && slowRoundIsDue(sync.timeLastSlowRound, now))
    await lookFurther(world, connection, account)
  await changeSync(world.store, account.id, { timeLastRound: now, failures: 0 })
  await rememberTime(world, account)
}

async function lookFurther(world: World, connection: Connection, account: AccountRow): Promise<void> {
  await lookAtTheRest(world, connection, account)
  await learnPlaces(world, connection, account)
  await forget(world, account)
  await lookForDeletedPeople(world, connection, account)
}

const DAY = 86_400
const ROSTERS_KEPT = 30 * DAY

/** Once a day what is older than the person wants kept goes. */
async function forget(world: World, account: AccountRow): Promise<void> {
  const now = world.serverTime(account)
  const { timeLastForgotten = 0, timeFull = 0 } = await syncOf(world.store, account.id)
  if (now - timeLastForgotten < DAY) return
  await forgetOldWords(world.store, account, now - (await world.retentionSeconds()))
  await forgetOldRosters(world.store, account.id, now - ROSTERS_KEPT)
  const full = now - timeFull > DAY ? { timeFull: undefined } : {}
  await changeSync(world.store, account.id, { timeLastForgotten: now, ...full })
}

async function stepAndRest(world: World, connection: Connection, account: AccountRow): Promise<boolean> {
  const began = world.nowMs()
  const done = await stepFirstSync(world, connection, account)
  if (!done) world.note?.(account.id, { kind: 'step', tookMs: world.nowMs() - began })
  if (!done) await world.pause(Math.max(SHORTEST_PAUSE_MS, REST * (world.nowMs() - began)))
  return done
}

async function catchUp(world: World, accountId: AccountId): Promise<void> {
  let done = false
  for (let steps = 0; !done; steps++) {
    const { trouble } = await withPerhapsNothing(world, accountId, async (connection, account) => {
      done = await stepAndRest(world, connection, account)
      // Where nothing was left to read, nothing is new to be named.
      if (done && steps > 0) await learnPlaces(world, connection, account)
    })
    if (trouble || !(await accountWith(world.store, accountId))) return
  }
}

function phaseOf({ trouble, listDone }: SyncRow, isLooking: boolean): SyncPhase {
  if (trouble) return trouble.mender === 'wait' ? 'waiting' : 'paused'
  if (!listDone) return 'first-sync'
  return isLooking ? 'syncing' : 'up-to-date'
}

/** Said for a day after older words had to go, while everything else goes on. */
const FULL: Trouble = { kind: 'storage', mender: 'person' }

function viewOf(sync: SyncRow, isLooking: boolean): SyncView {
  const { timeLastRound, listDone, listOffset = 0, nextRoundMs } = sync
  const trouble = sync.trouble ?? (sync.timeFull === undefined ? undefined : FULL)
  const timeRetry = trouble?.mender === 'wait' ? { timeRetry: Math.round(nextRoundMs / 1000) } : {}
  return {
    phase: phaseOf(sync, isLooking),
    ...(trouble ? { trouble: { ...trouble, ...timeRetry } } : {}),
    ...(timeLastRound === undefined ? {} : { timeLastRound }),
    ...(listDone ? {} : { progress: listOffset }),
    ...(sync.historiesLeft ? { older: sync.historiesLeft } : {}),
  }
}

export function createEngine(world: World): Engine {
  const looking = new Set<AccountId>()
  const waiting = new Map<AccountId, Promise<WorkResult>>()

  async function lookOnce(accountId: AccountId): Promise<WorkResult> {
    looking.add(accountId)
    const began = world.nowMs()
    const done = await withConnection(world, accountId, (connection, account) =>
      look(world, connection, account),
    ).finally(() => looking.delete(accountId))
    const why = done.trouble ? { trouble: done.trouble.kind } : {}
    world.note?.(accountId, { kind: 'round', tookMs: world.nowMs() - began, ...why })
    if (done.trouble?.mender === 'wait')
      await changeSync(world.store, accountId, ({ failures }) => ({ failures: failures + 1 }))
    return done
  }

  async function round(accountId: AccountId): Promise<WorkResult> {
    return (await world.exclusively(`round:${accountId}`, () => lookOnce(accountId))) ?? {}
  }

  /** Whoever asks while one waits for its turn waits for the same one. */
  function roundAnew(accountId: AccountId): Promise<WorkResult> {
    const there = waiting.get(accountId)
    if (there) return there
    const turn = world.inTurn(`round:${accountId}`, () => {
      waiting.delete(accountId)
      return lookOnce(accountId)
    })
    waiting.set(accountId, turn)
    return turn
  }

  return {
    round,
    roundAnew,
    flush: (accountId) => withRoom(world, () => flush(world, accountId)),
    rules: (accountId) => runRules(world, accountId),
    catchUp: async (accountId) => {
      await world.exclusively(`first:${accountId}`, () => catchUp(world, accountId))
    },
    pull: (accountId, key) =>
      withConnection(world, accountId, (way, account) => pullOrForget(world, way, account, key)),
    older: (accountId, key) =>
      withPerhapsNothing(world, accountId, (way, account) => pullOlder(world, way, account, key)),
    lookAgain: (accountId, key, shown) =>
      withPerhapsNothing(world, accountId, (way, account) => lookAgain(world, way, account, key, shown)),
    tellReads: (accountId) =>
      withPerhapsNothing(world, accountId, (way, account) => tellReads(world, way, account)),
    view: async (accountId) => viewOf(await syncOf(world.store, accountId), looking.has(accountId)),
  }
}
