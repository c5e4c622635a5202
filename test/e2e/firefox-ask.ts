import type { Page } from 'puppeteer-core'
import type { Protocol } from '../../lib/extension/protocol.ts'

declare const browser: {
  action: { getBadgeText(details: object): Promise<string> }
  alarms: { create(name: string, when: { when: number }): Promise<void> }
  sidebarAction: { isOpen(details: object): Promise<boolean> }
  permissions: { request(ask: { origins: string[] }): Promise<boolean> }
  runtime: {
    getContexts(filter: { contextTypes: string[] }): Promise<object[]>
    sendMessage(message: object): Promise<{ res?: unknown; err?: { message: string } }>
  }
}

/** Asks the worker from one of the extension's own pages, as its screens do. */
export async function ask<K extends keyof Protocol>(
  own: Page,
  type: K,
  data: Parameters<Protocol[K]>[0],
): Promise<ReturnType<Protocol[K]>> {
  const reply = await own.evaluate(
    (type, data) => browser.runtime.sendMessage({ id: 1, type, data, timestamp: Date.now() }),
    type,
    data,
  )
  if (reply?.err) throw new Error(`${type}: ${reply.err.message}`)
  return reply?.res as ReturnType<Protocol[K]>
}

export const badgeText = (own: Page): Promise<string> => own.evaluate(() => browser.action.getBadgeText({}))

export const isSidebarOpen = (own: Page): Promise<boolean> =>
  own.evaluate(() => browser.sidebarAction.isOpen({}))

/** One while the event page runs, none while it rests; asking does not wake it. */
export const backgrounds = (own: Page): Promise<number> =>
  own.evaluate(async () => (await browser.runtime.getContexts({ contextTypes: ['BACKGROUND'] })).length)

export const wakeByAlarm = (own: Page): Promise<void> =>
  own.evaluate(() => browser.alarms.create('round', { when: Date.now() + 200 }))

/** The browser gives a permission only to a click, so the page gets something to click. */
export async function requestSite(own: Page): Promise<void> {
  await own.evaluate(() => {
    const button = Object.assign(document.createElement('button'), { id: 'allow', textContent: 'Allow' })
    button.onclick = () => void browser.permissions.request({ origins: ['http://127.0.0.1/*'] })
    document.body.prepend(button)
  })
  await own.click('#allow')
}
