import { browser } from 'wxt/browser'

/** Raw material for `readPage`, gathered inside a page; serialised, so it may use nothing from outside itself. */
export interface PageFacts {
  /** Where the tab really is. */
  url: string
  scripts: string[]
  bodyClass: string
  bodyId: string
  userIdAttribute: string | null
  lang: string
}

function gatherFacts(): PageFacts {
  const scripts = [...document.scripts].filter(({ src, text }) => !src && text.includes('M.cfg'))
  const marked = document.querySelector('[data-region="popover-region"][data-userid], [data-user-id]')
  return {
    url: location.href,
    scripts: scripts.map(({ text }) => text),
    bodyClass: document.body.className,
    bodyId: document.body.id,
    userIdAttribute: marked?.getAttribute('data-userid') ?? marked?.getAttribute('data-user-id') ?? null,
    lang: document.documentElement.lang,
  }
}

/** Reads the facts of the page in a tab; undefined where the browser lets nobody look. */
export async function factsOfTab(tabId: number): Promise<PageFacts | undefined> {
  try {
    const [frame] = await browser.scripting.executeScript({ target: { tabId }, func: gatherFacts })
    return frame?.result ?? undefined
  } catch {
    return undefined
  }
}

export async function focusTab(tabId: number): Promise<void> {
  const tab = await browser.tabs.update(tabId, { active: true })
  if (tab?.windowId !== undefined) await browser.windows?.update(tab.windowId, { focused: true })
}

/** Firefox has a sidebar where Chromium has a side panel; both open in a click only, so nothing is awaited before. */
interface Beside {
  sidePanel?: { open(where: { windowId: number }): Promise<void> }
  sidebarAction?: { open(): Promise<void> }
}

/** What opens the inbox beside the pages of a window, where the browser can. */
export function besideOpener(windowId: number): (() => Promise<void>) | undefined {
  const { sidePanel, sidebarAction } = browser as Beside
  if (sidePanel) return () => sidePanel.open({ windowId })
  return sidebarAction && (() => sidebarAction.open())
}

/** Opens one of our own pages, or brings it to the front. */
export async function openOwnPage(
  path: '/inbox.html' | '/options.html' | '/export.html',
  hash: string,
): Promise<void> {
  const url = browser.runtime.getURL(path)
  const there = (await browser.tabs.query({})).find((tab) => tab.url?.startsWith(url))
  if (there?.id === undefined) await browser.tabs.create({ url: url + hash })
  else {
    await browser.tabs.update(there.id, { url: url + hash })
    await focusTab(there.id)
  }
}
