import { browser } from 'wxt/browser'
import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { WaitReason } from '../../lib/dialogue/log.ts'
import { readSettings } from '../../lib/extension/store-settings.ts'
import { accountsOf, accountWith } from '../../lib/store/accounts.ts'
import type { Store } from '../../lib/store/db.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { changeSync, everySync, syncOf } from '../../lib/store/sync-state.ts'
import type { Engine } from '../../lib/sync/engine.ts'
import {
  type Activity,
  secondsToFirstRound,
  secondsToNextRound,
  startsOfDue,
} from '../../lib/sync/schedule.ts'
import { announce, screensAreOpen } from './changes.ts'
import { siteClock } from './connect.ts'
import { log } from './log.ts'
import { nextSendMs } from './next-send.ts'
import { newestRead } from './presence.ts'
import { createSending } from './sending.ts'

const ALARM = 'round'
const NEVER = Number.POSITIVE_INFINITY
/** Alarms are no finer than this in published extensions. */
const FINEST_MS = 30_000
const IDLE_AFTER_SECONDS = 300
/** Rings again by itself, should the worker be stopped before it has set the next one. */
const AGAIN_MINUTES = 5
/** No wait is longer; a later time means that this computer's clock was put back. */
const LONGEST_WAIT_MS = 3_600_000

async function siteIsInUse(wwwroot: string): Promise<boolean> {
  const tabs = await browser.tabs.query({ active: true })
  return tabs.some(({ url }) => url?.startsWith(wwwroot))
}

async function activityOn({ id, wwwroot }: AccountRow): Promise<Activity> {
  if (!navigator.onLine) return 'away'
  const state = await browser.idle.queryState(IDLE_AFTER_SECONDS)
  if (state === 'locked') return 'away'
  if (state !== 'active') return 'idle'
  if (newestRead(id) !== undefined) return 'reading'
  return screensAreOpen() || (await siteIsInUse(wwwroot)) ? 'in-use' : 'idle'
}

async function useOf(account: AccountRow) {
  const { pollSeconds } = await readSettings()
  const newest = newestRead(account.id)
  const quiet =
    newest === undefined ? {} : { quietSeconds: Math.max(0, siteClock.serverTime(account) - newest) }
  return { activity: await activityOn(account), pollSeconds, random: Math.random, ...quiet }
}

function isDue(nextRoundMs: number): boolean {
  return nextRoundMs <= Date.now() || nextRoundMs > Date.now() + LONGEST_WAIT_MS
}

function reasonOf(ask: { activity: Activity; failures: number; retryAfter?: number }): WaitReason {
  if (ask.activity === 'away' || ask.failures === 0) return ask.activity
  return ask.retryAfter === undefined ? 'failed' : 'asked'
}

async function setNext(db: Store, accountId: AccountId, seconds: number): Promise<void> {
  if (!(await accountWith(db, accountId))) return
  await changeSync(db, accountId, { nextRoundMs: Date.now() + seconds * 1000 })
}

/** For when this worker has set the alarm; what an earlier one did, it does not know. */
let setFor: number | undefined

async function ringAt(earliest: number): Promise<void> {
  if (earliest === setFor && earliest > Date.now() + FINEST_MS) return
  setFor = earliest
  if (!Number.isFinite(earliest)) return void (await browser.alarms.clear(ALARM))
  const when = Math.max(Math.min(earliest, Date.now() + LONGEST_WAIT_MS), Date.now() + FINEST_MS)
  await browser.alarms.create(ALARM, { when, periodInMinutes: AGAIN_MINUTES })
}

export interface Rounds {
  /** Does the rounds that are due and sets the alarm for the next. */
  tick(): Promise<void>
  /** After the browser's start, perhaps a whole school's: each account at a time of its own. */
  begin(): Promise<void>
  /** One account now, whatever its time; `anew` by the person's wish, though a look may be under way. */
  now(accountId: AccountId, how?: 'anew'): Promise<void>
  /** Somebody began to read: the next look is soon, unless the site is in trouble. */
  soon(account: AccountRow): Promise<void>
  /** Sends what was written, when its undo window is over. */
  flushSoon(accountId: AccountId, notBeforeMs: number): Promise<void>
  /** Something was put off: it comes back at its time. */
  planWaking(): Promise<void>
  /** Runs an account's rules, when their undo window is over. */
  rulesSoon(accountId: AccountId, notBeforeMs: number): Promise<void>
}

export function createRounds(db: Store, engine: Engine, wake: () => Promise<number | undefined>): Rounds {
  let timer: ReturnType<typeof setTimeout> | undefined
  const sending = createSending(engine, setAlarm)

  async function plan(account: AccountRow, retryAfter?: number): Promise<void> {
    const { failures } = await syncOf(db, account.id)
    const ask = { ...(await useOf(account)), failures, ...(retryAfter === undefined ? {} : { retryAfter }) }
    // Away: a look at the clock each minute, without a request.
    const seconds = secondsToNextRound(ask) ?? 60
    await setNext(db, account.id, seconds)
    log.note(account.id, { kind: 'wait', seconds, because: reasonOf(ask) })
    // The screens say until when.
    if (failures > 0) announce(db, { accountId: account.id, topics: ['sync'] })
  }

  async function one(account: AccountRow, look = engine.round): Promise<void> {
    if ((await activityOn(account)) === 'away') return plan(account)
    const { trouble, retryAfter } = await look(account.id)
    await plan(account, retryAfter)
    await sending.send(account.id)
    // Nothing left to catch up on would pass for an answer of the site's.
    if (!trouble) await engine.catchUp(account.id)
  }

  async function setAlarm(): Promise<void> {
    const rows = await everySync(db)
    const sends = await Promise.all(rows.map(({ accountId }) => nextSendMs(db, accountId)))
    const earliest = Math.min(...rows.map((row) => row.nextRoundMs), ...sends, (await wake()) ?? NEVER)
    ringBefore(earliest)
    await ringAt(earliest)
  }

  /** While somebody reads, the next look comes sooner than alarms can; the open screen keeps the worker alive. */
  function ringBefore(earliest: number): void {
    clearTimeout(timer)
    const wait = earliest - Date.now()
    if (wait < FINEST_MS && screensAreOpen()) timer = setTimeout(() => void tick(), Math.max(0, wait))
  }

  async function tick(): Promise<void> {
    const accounts = await accountsOf(db)
    const rows = await Promise.all(accounts.map(({ id }) => syncOf(db, id)))
    const due = accounts.filter((_, i) => isDue(rows[i]?.nextRoundMs ?? 0))
    const rest = accounts.filter((account) => !due.includes(account))
    const starts = startsOfDue(due.length)
    await Promise.all([
      ...rest.map(({ id }) => sending.send(id)),
      ...due.map(async (account, i) => {
        await new Promise((done) => setTimeout(done, (starts[i] ?? 0) * 1000))
        await one(account)
      }),
    ])
    await setAlarm()
  }

  async function begin(): Promise<void> {
    for (const account of await accountsOf(db)) {
      await setNext(db, account.id, secondsToFirstRound(await useOf(account)) ?? 60)
      await sending.send(account.id)
    }
    await setAlarm()
  }

  async function now(accountId: AccountId, how?: 'anew'): Promise<void> {
    const account = await accountWith(db, accountId)
    if (!account) return
    await one(account, how === 'anew' ? engine.roundAnew : engine.round)
    await setAlarm()
  }

  async function soon(account: AccountRow): Promise<void> {
    const { failures, nextRoundMs } = await syncOf(db, account.id)
    const seconds = secondsToNextRound({ ...(await useOf(account)), failures })
    if (failures > 0 || seconds === undefined || nextRoundMs <= Date.now() + seconds * 1000) return
    await setNext(db, account.id, seconds)
    await setAlarm()
  }

  const { flushSoon, rulesSoon } = sending
  return { tick, begin, now, soon, flushSoon, rulesSoon, planWaking: setAlarm }
}

export function isRoundAlarm(name: string): boolean {
  return name === ALARM
}
