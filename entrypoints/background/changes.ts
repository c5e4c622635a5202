import { type Browser, browser } from 'wxt/browser'
import { siteOf } from '../../lib/dialogue/dialogue.ts'
import type { Change } from '../../lib/extension/protocol.ts'
import { accountsOf } from '../../lib/store/accounts.ts'
import type { Store } from '../../lib/store/db.ts'
import { accountsFor, callerOf } from './caller.ts'
import { sessionOf } from './sessions.ts'

type Port = Browser.runtime.Port

const ports = new Set<Port>()

/** Screens that are open hear of changes over a port; a page's only of its own person's. */
export function listenForScreens(): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== 'changes') return
    ports.add(port)
    port.onDisconnect.addListener(() => ports.delete(port))
  })
}

export function screensAreOpen(): boolean {
  return ports.size > 0
}

async function mayHear(db: Store, port: Port, change: Change): Promise<boolean> {
  if (change.accountId === undefined) return true
  const seen = await accountsFor(callerOf(port.sender ?? {}), await accountsOf(db))
  return seen.some(({ id }) => id === change.accountId)
}

export function announce(db: Store, change: Change): void {
  for (const port of ports) {
    void mayHear(db, port, change).then((may) => {
      if (may && ports.has(port)) port.postMessage(change)
    })
  }
}

/** Whether this site's session in this browser is that person's, so that a page of it may show their number. */
export async function isLoggedIn(wwwroot: string, userId: number): Promise<boolean> {
  const session = await sessionOf(siteOf(wwwroot))
  return session?.userId === userId && session.state === 'open'
}
