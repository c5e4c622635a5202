import { browser } from 'wxt/browser'

/** Which launcher runs where: one registration a host, because Firefox never matches a pattern with a port. */
const LAUNCHER = '/launcher.js'

export function patternOf(wwwroot: string): string {
  const { protocol, hostname } = new URL(wwwroot)
  return `${protocol}//${hostname}/*`
}

export function hasPermission(wwwroot: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [patternOf(wwwroot)] })
}

let registering: Promise<void> = Promise.resolve()

/** Registers the launcher for these sites and for no others; survives restarts, but not updates. One at a time. */
export function registerLaunchers(wwwroots: readonly string[]): Promise<void> {
  registering = registering.then(() => register(wwwroots)).catch(() => undefined)
  return registering
}

async function register(wwwroots: readonly string[]): Promise<void> {
  const wanted = new Map(wwwroots.map((wwwroot) => [`launcher-${patternOf(wwwroot)}`, patternOf(wwwroot)]))
  const there = await browser.scripting.getRegisteredContentScripts()
  const stale = there.filter(({ id }) => !wanted.has(id)).map(({ id }) => id)
  // The browser drops those of a site whose permission goes, at a moment of its own.
  for (const id of stale)
    await browser.scripting.unregisterContentScripts({ ids: [id] }).catch(() => undefined)
  for (const { id } of there) wanted.delete(id)
  const missing = [...wanted].map(([id, pattern]) => ({
    id,
    js: [LAUNCHER],
    matches: [pattern],
    runAt: 'document_idle' as const,
  }))
  if (missing.length > 0) await browser.scripting.registerContentScripts(missing)
}

/** Pages that were open before the site was switched on. */
export async function injectLauncher(tabId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: [LAUNCHER] })
}

export async function injectPanel(tabId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: ['/look.js', '/panel.js'] })
}

export async function injectActions(tabId: number): Promise<void> {
  await browser.scripting.executeScript({ target: { tabId }, files: ['/actions.js'] })
}

export async function tabsOf(wwwroot: string): Promise<{ id: number; url: string; active: boolean }[]> {
  const tabs = await browser.tabs.query({ url: patternOf(wwwroot) })
  return tabs.flatMap(({ id, url, active }) =>
    id !== undefined && url?.startsWith(wwwroot) ? [{ id, url, active }] : [],
  )
}

export async function forgetPermission(wwwroot: string): Promise<void> {
  await browser.permissions.remove({ origins: [patternOf(wwwroot)] }).catch(() => false)
}
