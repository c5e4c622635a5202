import { browser } from 'wxt/browser'
import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { WaitReason } from '../../lib/dialogue/log.ts'
import { readSettings } from '../../lib/extension/store-settings.ts'
import type { Store } from '../../lib/store/db.ts'
import { entriesOf } from '../../lib/store/outbox.ts'
import { changeSync, syncOf } from '../../lib/store/sync-state.ts'
import type { Engine } from '../../lib/sync/engine.ts'
import { type Activity, secondsToNextRound } from '../../lib/sync/schedule.ts'
import { announce, screensAreOpen } from './changes.ts'
import { log } from './log.ts'

const ALARM = 'round'
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

async function activityOn(wwwroot: string): Promise<Activity> {
  if (!navigator.onLine) return 'away'
  const state = await browser.idle.queryState(IDLE_AFTER_SECONDS)
  if (state === 'locked') return 'away'
  const inUse = state === 'active' && (screensAreOpen() || (await siteIsInUse(wwwroot)))
  return inUse ? 'in-use' : 'idle'
}

function isDue(nextRoundMs: number): boolean {
  return nextRoundMs <= Date.now() || nextRoundMs > Date.now() + LONGEST_WAIT_MS
}

function reasonOf(ask: { activity: Activity; failures: number; retryAfter?: number }): WaitReason {
  if (ask.activity === 'away' || ask.failures === 0) return ask.activity
  return ask.retryAfter === undefined ? 'failed' : 'asked'
}

export interface Rounds {
  /** Does the rounds that are due and sets the alarm for the next. */
  tick(): Promise<void>
  /** One account now, whatever its time. */
  now(accountId: AccountId): Promise<void>
  /** Sends what was written, when its undo window is over. */
  flushSoon(accountId: AccountId, notBeforeMs: number): Promise<void>
}

export function createRounds(db: Store, engine: Engine): Rounds {
  async function plan(accountId: AccountId, wwwroot: string, retryAfter?: number): Promise<void> {
    const { pollSeconds } = await readSettings()
    const { failures } = await syncOf(db, accountId)
    const activity = await activityOn(wwwroot)
    const ask = {
      activity,
      pollSeconds,
      failures,
      random: Math.random,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    }
    // Away: a look at the clock each minute, without a request.
    const seconds = secondsToNextRound(ask) ?? 60
    await changeSync(db, accountId, { nextRoundMs: Date.now() + seconds * 1000 })
    log.note(accountId, { kind: 'wait', seconds, because: reasonOf(ask) })
    // The screens say until when.
    if (failures > 0) announce(db, { accountId, topics: ['sync'] })
  }

  async function one(accountId: AccountId, wwwroot: string): Promise<void> {
    if ((await activityOn(wwwroot)) === 'away') return plan(accountId, wwwroot)
    const { retryAfter } = await engine.round(accountId)
    await plan(accountId, wwwroot, retryAfter)
    await engine.flush(accountId)
    await engine.catchUp(accountId)
  }

  async function setAlarm(): Promise<void> {
    const rows = await db.sync.toArray()
    const entries = (await Promise.all(rows.map(({ accountId }) => entriesOf(db, accountId)))).flat()
    const sends = entries.filter(({ state }) => state === 'written').map(({ notBeforeMs }) => notBeforeMs)
    const earliest = Math.min(...rows.map(({ nextRoundMs }) => nextRoundMs), ...sends)
    if (!Number.isFinite(earliest)) return void (await browser.alarms.clear(ALARM))
    const when = Math.max(Math.min(earliest, Date.now() + LONGEST_WAIT_MS), Date.now() + FINEST_MS)
    await browser.alarms.create(ALARM, { when, periodInMinutes: AGAIN_MINUTES })
  }

  async function tick(): Promise<void> {
    const accounts = await db.accounts.toArray()
    await Promise.all(
      accounts.map(async ({ id, wwwroot }) => {
        if (isDue((await syncOf(db, id)).nextRoundMs)) await one(id, wwwroot)
        else await engine.flush(id)
      }),
    )
    await setAlarm()
  }

  async function now(accountId: AccountId): Promise<void> {
    const account = await db.accounts.get(accountId)
    if (!account) return
    await one(accountId, account.wwwroot)
    await setAlarm()
  }

  async function flushSoon(accountId: AccountId, notBeforeMs: number): Promise<void> {
    setTimeout(() => void engine.flush(accountId), Math.max(0, notBeforeMs - Date.now()) + 20)
    await setAlarm()
  }

  return { tick, now, flushSoon }
}

export function isRoundAlarm(name: string): boolean {
  return name === ALARM
}
