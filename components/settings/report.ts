import type { AccountDiagnostics, Diagnostics } from '../../lib/extension/diagnostics.ts'

const iso = (time: number | undefined) =>
  time === undefined ? undefined : new Date(time * 1000).toISOString()

function accountReport(account: AccountDiagnostics) {
  const { sync, timeNext, outbox, accountId: _, siteName: __, ...rest } = account
  return {
    ...rest,
    phase: sync.phase,
    ...(sync.trouble ? { trouble: sync.trouble.kind, mender: sync.trouble.mender } : {}),
    ...(sync.progress === undefined ? {} : { conversationsRead: sync.progress }),
    lastRound: iso(sync.timeLastRound),
    next: iso(timeNext),
    outbox: outbox.map(({ timeOldest, ...entry }) => ({ ...entry, oldest: iso(timeOldest) })),
  }
}

/** What may be given to anybody: no message, name, address or key, and nothing that the site said. */
export function reportOf({ timeMade, bytes, quota, accounts, log }: Diagnostics, version: string): string {
  const report = {
    aside: version,
    made: iso(timeMade),
    bytes,
    quota,
    accounts: accounts.map(accountReport),
    log: log.map(({ timeMs, ...entry }) => ({ time: iso(timeMs / 1000), ...entry })),
  }
  return JSON.stringify(report, undefined, 2)
}
