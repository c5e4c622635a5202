import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { Log, LogEntry, WaitReason } from '../../lib/dialogue/log.ts'
import type { OutboxEntry } from '../../lib/dialogue/outbox.ts'
import type { AccountDiagnostics, Diagnostics } from '../../lib/extension/diagnostics.ts'
import { accountsOf } from '../../lib/store/accounts.ts'
import { asTheyStand } from '../../lib/store/arrivals.ts'
import { countTables } from '../../lib/store/count.ts'
import { entriesOf } from '../../lib/store/outbox.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { syncOf } from '../../lib/store/sync-state.ts'
import { type Connection, isTrouble } from '../../lib/sync/world.ts'
import { ownPageOnly } from './access.ts'
import type { Caller } from './caller.ts'
import { siteClock } from './connect.ts'
import { log } from './log.ts'
import { engine, store, world } from './worker.ts'

function outboxOf(entries: readonly OutboxEntry[]): AccountDiagnostics['outbox'] {
  const states = [...new Set(entries.map(({ state }) => state))]
  return states.map((state) => {
    const times = entries.filter((entry) => entry.state === state).map(({ timeWritten }) => timeWritten)
    return { state, count: times.length, timeOldest: Math.min(...times) }
  })
}

/** The part of a list of `1 name` that is this account's. */
function ownOf(names: string[], number: number | undefined): string[] {
  const start = `${number} `
  return names.filter((name) => name.startsWith(start)).map((name) => name.slice(start.length))
}

function errorsOf({ errors }: Log, number: number | undefined): AccountDiagnostics['errors'] {
  const counted = ownOf(Object.keys(errors), number).map((kind) => ({
    kind,
    count: errors[`${number} ${kind}`] ?? 0,
  }))
  return counted.sort((a, b) => b.count - a.count)
}

const releases = new Map<AccountId, string>()
/** As "4.5.6+ (Build: 20250825)"; a release that says more is not worth it. */
const RELEASE = /^\d+\.\d+(\.\d+)?\+?( \(Build: \d{8}\))?/

/** A site tells its release over a token only. */
async function releaseOf({ id }: AccountRow, way: Connection['way'] | undefined) {
  if (way?.kind !== 'rest' || releases.has(id)) return releases.get(id)
  const info = await way.call('core_webservice_get_site_info', {}).catch(() => undefined)
  const release = RELEASE.exec(info?.release ?? '')?.[0]
  if (release) releases.set(id, release)
  return release
}

function whyWaiting(entries: LogEntry[], number: number | undefined): WaitReason | undefined {
  const waits = entries.flatMap((entry) =>
    entry.kind === 'wait' && entry.account === number ? [entry.because] : [],
  )
  return waits.at(-1)
}

/** What is known without asking is all there is; undefined takes no place. */
function known<T extends object>(values: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}

async function wayOf(account: AccountRow): Promise<Connection['way'] | undefined> {
  const connection = await world.connect(account)
  return isTrouble(connection) ? undefined : connection.way
}

async function diagnose(account: AccountRow, book: Log): Promise<AccountDiagnostics> {
  const { id, siteName, wwwroot } = account
  const way = await wayOf(account)
  const [number, view, sync, entries, rows, release] = await Promise.all([
    log.numberOf(id),
    engine.view(id),
    syncOf(store, id),
    entriesOf(store, id).then((all) => asTheyStand(store, all)),
    countTables(store, id),
    releaseOf(account, way),
  ])
  return {
    ...{ accountId: id, siteName, sync: view, failures: sync.failures, rows },
    ...known<
      Pick<AccountDiagnostics, 'number' | 'release' | 'transport' | 'clockOffset' | 'because' | 'timeNext'>
    >({
      number,
      release,
      transport: way && (way.kind === 'rest' ? 'token' : 'session'),
      clockOffset: siteClock.offset(wwwroot),
      because: whyWaiting(book.entries, number),
      timeNext: sync.nextRoundMs > Date.now() ? Math.round(sync.nextRoundMs / 1000) : undefined,
    }),
    errors: errorsOf(book, number),
    outbox: outboxOf(entries),
    refused: ownOf(book.refused, number),
  }
}

/** How everything is, for our own pages only. */
export async function diagnostics(_: unknown, caller: Caller): Promise<Diagnostics> {
  ownPageOnly(caller)
  const accounts = await accountsOf(store)
  const { usage, quota } = await navigator.storage.estimate()
  const book = await log.read()
  return {
    timeMade: Math.floor(Date.now() / 1000),
    ...known<Pick<Diagnostics, 'bytes' | 'quota'>>({ bytes: usage, quota }),
    accounts: await Promise.all(accounts.map((account) => diagnose(account, book))),
    log: book.entries,
  }
}
