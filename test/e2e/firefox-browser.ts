import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { vi } from 'vitest'
import { patiently } from './patiently.ts'

/** Firefox with the extension in it for as long as it runs. */
export interface FirefoxPerson {
  /** A page of the extension's own; behind what is in front, if asked. */
  own(path: string, options?: { background: boolean }): Promise<Page>
  page(url: string): Promise<Page>
  /** As a click on the toolbar's button: gives the popup and the right to read the tab in front. */
  clickToolbar(): Promise<void>
  close(): Promise<void>
}

const BUILD = resolve('.output/firefox-mv3-e2e')
const ID = 'aside@aside-dialogues.example'
/** What the browser would draw by lot; a test must know the address. */
const UUID = '11111111-2222-4333-8444-555555555555'

function ensureBuilt(): void {
  if (existsSync(join(BUILD, 'manifest.json'))) return
  execFileSync(join('node_modules', '.bin', 'wxt'), ['build', '-b', 'firefox', '--mode', 'e2e'])
}

const PREFERENCES = {
  'extensions.webextensions.uuids': JSON.stringify({ [ID]: UUID }),
  // The browser's own question, which no test can click, is answered with yes; it still takes a click to ask it.
  'extensions.webextOptionalPermissionPrompts': false,
  // A short rest in ms, so that the event page really stops.
  'extensions.background.idle.timeout': 2000,
}

/** What puppeteer keeps to itself: the commands that it has no words for. */
interface Bidi {
  connection: { send(method: string, params: object): Promise<{ result: Tree & Evaluated }> }
}
interface Tree {
  contexts: { context: string }[]
}
interface Evaluated {
  type: 'success' | 'exception'
}

/** Runs in the browser's own window, where the toolbar is. */
async function evaluateInWindow(firefox: Browser, expression: string): Promise<void> {
  const { connection } = firefox as unknown as Bidi
  const { result } = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' })
  const context = result.contexts[0]?.context
  const answer = await connection.send('script.evaluate', {
    expression,
    target: { context },
    awaitPromise: true,
  })
  if (answer.result.type !== 'success') throw new Error(JSON.stringify(answer.result))
}

const CLICK_TOOLBAR = `(async () => {
  const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs')
  const { extension } = WebExtensionPolicy.getByID('${ID}')
  await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window)
})()`

/** A question that meets the page between two documents fails; a later one does not. */
async function untilDrawn(page: Page): Promise<void> {
  const look = () => page.waitForSelector('#app > *, body > pre', { timeout: 2000 })
  await vi.waitFor(look, { timeout: 20_000, interval: 100 })
}

const start = (executablePath: string) =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    timeout: 70_000,
    defaultViewport: { width: 1280, height: 860 },
    // Else neither the extension's own pages nor the toolbar may be reached.
    args: ['-remote-allow-system-access'],
    extraPrefsFirefox: PREFERENCES,
  })

export async function launchFirefox(executablePath: string): Promise<FirefoxPerson> {
  ensureBuilt()
  const firefox = await patiently(() => start(executablePath))
  await firefox.installExtension(BUILD)
  return {
    async page(url) {
      const opened = await firefox.newPage()
      await opened.goto(url)
      return opened
    },
    async own(path, { background } = { background: false }) {
      const opened = await firefox.newPage({ background })
      // Such an address never counts as loaded.
      opened.goto(`moz-extension://${UUID}/${path}`, { timeout: 2000 }).catch(() => undefined)
      await untilDrawn(opened)
      return opened
    },
    clickToolbar: () => evaluateInWindow(firefox, CLICK_TOOLBAR),
    close: () => firefox.close(),
  }
}
