import { browser } from 'wxt/browser'
import { accountIdOf, siteOf } from '../../lib/dialogue/dialogue.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { isAllowedSite, readPolicy } from '../../lib/extension/policy.ts'
import type { PageReport, SiteProbe } from '../../lib/extension/protocol.ts'
import { hasPermission, registerLaunchers, tabsOf } from '../../lib/extension/sites.ts'
import { factsOfTab } from '../../lib/extension/tabs.ts'
import { createMoodleClient, publicConfig, readPage, sessionTransport } from '../../lib/moodle/index.ts'
import { accountsOf, accountWith } from '../../lib/store/accounts.ts'
import { standsOn } from './caller.ts'
import { announce } from './changes.ts'
import { transportOptions } from './connect.ts'
import { admit } from './pages.ts'
import { sessionOf } from './sessions.ts'
import { launchOnOpenPages, renewBadge } from './show.ts'
import { accountView } from './state.ts'
import { rounds, store } from './worker.ts'

/*
 * (off) ──► prepared     the person chose; kept until the browser's own question is answered
 * prepared ──► on        permission given, and the page says who is logged in
 * prepared ──► (off)     permission refused, or nobody is logged in
 */
interface Prepared {
  wwwroot: string
  tabId?: number
  onlyMe: boolean
}

const keyOf = (wwwroot: string) => `prepared:${siteOf(wwwroot)}`

async function pageOfTab(tabId: number): Promise<PageReport | undefined> {
  const facts = await factsOfTab(tabId)
  const page = facts && readPage(facts)
  return page && isItsOwn(facts.url, page.wwwroot) ? page : undefined
}

/** A page may only speak for the site that it stands on: what it claims becomes a permission and an address. */
function isItsOwn(url: string, wwwroot: string): boolean {
  if (!URL.canParse(wwwroot) || /[*@?#]/.test(wwwroot)) return false
  return new URL(url).origin === new URL(wwwroot).origin && standsOn(url, wwwroot)
}

async function pageOfSite(wwwroot: string, tabId?: number): Promise<PageReport | undefined> {
  const ids = [...(tabId === undefined ? [] : [tabId]), ...(await tabsOf(wwwroot)).map(({ id }) => id)]
  for (const id of ids) {
    const page = await pageOfTab(id)
    if (page && siteOf(page.wwwroot) === siteOf(wwwroot)) return page
  }
  return undefined
}

export async function probeTab(tabId: number): Promise<SiteProbe | undefined> {
  const page = await pageOfTab(tabId)
  if (!page) return undefined
  const { wwwroot } = page
  const forbidden = await forbiddenBy(wwwroot)
  if (forbidden) return { wwwroot, state: 'not-allowed', trouble: forbidden }
  const accounts = (await accountsOf(store)).filter((row) => siteOf(row.wwwroot) === siteOf(wwwroot))
  const mine = accounts.find(({ userId }) => userId === page.userId)
  if (mine) return { wwwroot, state: 'on', account: await accountView(store, mine) }
  const trouble = troubleOfPage(page)
  if (trouble) return { wwwroot, state: 'not-allowed', trouble }
  return { wwwroot, state: accounts.length > 0 ? 'off-for-this-person' : 'off' }
}

/** An administrator decides which sites there may be. */
async function forbiddenBy(wwwroot: string): Promise<Trouble | undefined> {
  const isAllowed = isAllowedSite(await readPolicy(), wwwroot)
  return isAllowed ? undefined : { kind: 'site-not-allowed', mender: 'admin' }
}

function troubleOfPage({ state, wwwroot }: PageReport): Trouble | undefined {
  if (state === 'logged-out')
    return { kind: 'signed-out', mender: 'person', link: `${wwwroot}/login/index.php` }
  if (state === 'ok' || state === 'logging-out') return undefined
  return { kind: state, mender: 'person' }
}

export async function prepareSwitchOn(prepared: Prepared): Promise<void> {
  await browser.storage.session.set({ [keyOf(prepared.wwwroot)]: prepared })
}

async function whoIs(page: PageReport, userId: number) {
  const options = transportOptions(page.wwwroot)
  const moodle = createMoodleClient(sessionTransport({ ...options, sesskey: page.sesskey ?? '' }))
  const ask = {
    referenceuserid: userId,
    userids: [userId],
    includecontactrequests: false,
    includeprivacyinfo: false,
  }
  const [members, config] = await Promise.allSettled([
    moodle.call('core_message_get_member_info', ask),
    publicConfig(options),
  ])
  return {
    fullName: members.status === 'fulfilled' ? (members.value[0]?.fullname ?? '') : '',
    siteName: config.status === 'fulfilled' ? config.value.sitename : new URL(page.wwwroot).host,
  }
}

async function makeAccount(page: PageReport, userId: number, onlyMe: boolean) {
  const site = siteOf(page.wwwroot)
  const id = accountIdOf(site, userId)
  const there = await accountWith(store, id)
  const names = await whoIs(page, userId)
  const timeSwitchedOn = there?.timeSwitchedOn ?? Math.floor(Date.now() / 1000)
  await store.accounts.put({
    ...there,
    id,
    wwwroot: page.wwwroot,
    formerWwwroots: [],
    userId,
    onlyMe,
    timeSwitchedOn,
    locked: false,
    ...names,
  })
  return id
}

export async function launchEverywhere(): Promise<void> {
  const policy = await readPolicy()
  const accounts = (await accountsOf(store)).filter(({ wwwroot }) => isAllowedSite(policy, wwwroot))
  const allowed = await Promise.all(accounts.map(({ wwwroot }) => hasPermission(wwwroot)))
  await registerLaunchers(accounts.filter((_, i) => allowed[i]).map(({ wwwroot }) => wwwroot))
}

const finishing = new Map<string, Promise<AccountView | Trouble>>()

/** Called by the popup and by the browser's own event, whichever comes; both get the one answer. */
export function finishSwitchOn(wwwroot: string): Promise<AccountView | Trouble> {
  const site = siteOf(wwwroot)
  const running = finishing.get(site) ?? finish(wwwroot).finally(() => finishing.delete(site))
  finishing.set(site, running)
  return running
}

async function finish(wwwroot: string): Promise<AccountView | Trouble> {
  const key = keyOf(wwwroot)
  const prepared = (await browser.storage.session.get<Record<string, Prepared>>(key))[key]
  if (!prepared) return alreadyOn(wwwroot)
  const forbidden = await forbiddenBy(wwwroot)
  if (forbidden) return forbidden
  if (!(await hasPermission(wwwroot))) return { kind: 'not-permitted', mender: 'person' }
  const page = await pageOfSite(wwwroot, prepared.tabId)
  const userId = page && (await admit(page))
  if (!page || userId === undefined)
    return { kind: 'signed-out', mender: 'person', link: `${wwwroot}/login/index.php` }
  const id = await makeAccount(page, userId, prepared.onlyMe)
  await browser.storage.session.remove(key)
  await launchEverywhere()
  await launchOnOpenPages(page.wwwroot)
  announce(store, { accountId: id, topics: ['accounts', 'dialogues'] })
  renewBadge(store)
  void rounds.now(id)
  return viewOf(id)
}

async function alreadyOn(wwwroot: string): Promise<AccountView | Trouble> {
  const session = await sessionOf(siteOf(wwwroot))
  return viewOf(session ? accountIdOf(siteOf(wwwroot), session.userId) : '')
}

async function viewOf(id: string): Promise<AccountView | Trouble> {
  const account = await accountWith(store, id)
  return account ? accountView(store, account) : { kind: 'unknown', mender: 'nobody' }
}

/** After the browser's own "allow", when the popup that asked is gone. */
export async function finishPrepared(): Promise<void> {
  const stored = await browser.storage.session.get(null)
  for (const [key, value] of Object.entries(stored)) {
    if (key.startsWith('prepared:')) await finishSwitchOn((value as Prepared).wwwroot)
  }
}
