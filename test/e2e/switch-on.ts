import type { Page } from 'playwright-core'
import type { Protocol } from '../../lib/extension/protocol.ts'
import { allowHost, type Person } from './browser.ts'

declare const chrome: {
  runtime: { sendMessage(message: object): Promise<{ res?: unknown; err?: { message: string } }> }
  permissions: { request(ask: { origins: string[] }): Promise<boolean> }
  tabs: { query(ask: object): Promise<{ id: number; url?: string }[]> }
}

/** Asks the worker from one of the extension's own pages, as its screens do. */
export async function ask<K extends keyof Protocol>(
  own: Page,
  type: K,
  data: Parameters<Protocol[K]>[0],
): Promise<ReturnType<Protocol[K]>> {
  const reply = await own.evaluate(
    ([type, data]) => chrome.runtime.sendMessage({ id: 1, type, data, timestamp: Date.now() }),
    [type, data] as const,
  )
  if (reply?.err) throw new Error(`${type}: ${reply.err.message}`)
  return reply?.res as ReturnType<Protocol[K]>
}

/** The browser gives a permission only to a click, so the page gets something to click. */
async function clickForPermission(own: Page, origin: string): Promise<void> {
  await own.evaluate((pattern) => {
    const button = Object.assign(document.createElement('button'), { id: 'allow', textContent: 'Allow' })
    button.onclick = async () => {
      button.dataset.allowed = String(await chrome.permissions.request({ origins: [pattern] }))
    }
    document.body.append(button)
  }, origin)
  await own.click('#allow')
  await own.waitForSelector('#allow[data-allowed="true"]')
}

/** After this the browser answers yes to the extension's own question without showing it. */
export async function allowToBeClicked(person: Person, wwwroot: string): Promise<Page> {
  const { protocol, hostname } = new URL(wwwroot)
  await allowHost(person, wwwroot)
  const own = await person.own('manifest.json')
  await clickForPermission(own, `${protocol}//${hostname}/*`)
  return own
}

/** Switches a site on for whoever is logged in there; a page of it must be open. Gives a page of the extension's own. */
export async function switchOn(person: Person, wwwroot: string, onlyMe = true): Promise<Page> {
  const own = await allowToBeClicked(person, wwwroot)
  const tabs = await own.evaluate(() => chrome.tabs.query({}))
  const tabId = tabs.find(({ url }) => url?.startsWith(wwwroot))?.id
  await ask(own, 'prepareSwitchOn', { wwwroot, onlyMe, ...(tabId === undefined ? {} : { tabId }) })
  const account = await ask(own, 'finishSwitchOn', { wwwroot })
  if (!('id' in account)) throw new Error(`not switched on: ${account.kind}`)
  return own
}
