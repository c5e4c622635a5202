import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/chromium.ts'
import { patiently } from './patiently.ts'

/** A browser profile with the extension in it, and what a person does with them. */
export interface Person {
  context: BrowserContext
  extensionId: string
  profile: string
  /** A page of the extension's own. */
  own(path: string): Promise<Page>
  page(url: string): Promise<Page>
  close(): Promise<void>
}

export const E2E_BUILD = resolve('.output/chrome-mv3-e2e')

const QUIET = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
]

export interface LaunchOptions {
  build?: string
  profile?: string
  headless?: boolean
  viewport?: { width: number; height: number }
  args?: string[]
  colorScheme?: 'light' | 'dark'
  locale?: string
}

/** From the extensions page: a worker may have come and gone before anybody listened for it. */
async function idOf(context: BrowserContext): Promise<string> {
  const extensions = await context.newPage()
  await extensions.goto('chrome://extensions')
  const list = () => extensions.evaluate(() => chrome.developerPrivate.getExtensionsInfo())
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const found = (await list()).find(({ name }) => name === 'Aside')
    if (found) return extensions.close().then(() => found.id)
  }
  throw new Error('The extension was not loaded.')
}

async function start(profile: string, options: LaunchOptions): Promise<BrowserContext> {
  const build = options.build ?? E2E_BUILD
  return chromium.launchPersistentContext(profile, {
    executablePath: await findChromium(),
    timeout: 70_000,
    headless: options.headless ?? true,
    chromiumSandbox: false,
    viewport: options.viewport ?? { width: 1280, height: 860 },
    ...(options.colorScheme ? { colorScheme: options.colorScheme } : {}),
    ...(options.locale ? { locale: options.locale } : {}),
    args: [
      ...QUIET,
      `--disable-extensions-except=${build}`,
      `--load-extension=${build}`,
      ...(options.args ?? []),
    ],
  })
}

export async function launch(options: LaunchOptions = {}): Promise<Person> {
  const profile = options.profile ?? (await mkdtemp(join(tmpdir(), 'aside-profile-')))
  const context = await patiently(() => start(profile, options))
  const extensionId = await idOf(context)
  const page = async (url: string) => {
    const opened = await context.newPage()
    await opened.goto(url)
    return opened
  }
  return {
    context,
    extensionId,
    profile,
    page,
    own: (path) => page(`chrome-extension://${extensionId}/${path}`),
    close: () => context.close(),
  }
}

declare const chrome: {
  developerPrivate: {
    addHostPermission(id: string, host: string): Promise<void>
    getExtensionsInfo(): Promise<{ id: string; name: string }[]>
  }
  action: { getBadgeText(details: object): Promise<string>; getTitle(details: object): Promise<string> }
}

/** The browser's "Allow" for a site, which no test can click: granted on the extensions page instead. */
export async function allowHost(person: Person, wwwroot: string): Promise<void> {
  const extensions = await person.page('chrome://extensions')
  const host = `${new URL(wwwroot).protocol}//${new URL(wwwroot).hostname}/*`
  await extensions.evaluate(
    ([id, pattern]) => chrome.developerPrivate.addHostPermission(id as string, pattern as string),
    [person.extensionId, host],
  )
  await extensions.close()
}

export async function logIn(
  person: Pick<Person, 'page'>,
  wwwroot: string,
  username: string,
  password = 'Pass.1234',
): Promise<void> {
  const login = await person.page(`${wwwroot}/login/index.php`)
  await login.waitForLoadState('networkidle')
  await login.fill('#username', username)
  await login.fill('#password', password)
  await login.click('#loginbtn')
  await login.waitForURL((url) => !url.pathname.endsWith('/login/index.php'))
  await login.close()
}

/** What the toolbar shows. */
export async function badgeOf(own: Page): Promise<{ text: string; title: string }> {
  return own.evaluate(async () => ({
    text: await chrome.action.getBadgeText({}),
    title: await chrome.action.getTitle({}),
  }))
}

/** As the browser does after half a minute of rest, or in the middle of work. */
export async function stopWorker(own: Page): Promise<void> {
  const session = await own.context().newCDPSession(own)
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.stopAllWorkers')
  await session.detach()
}
