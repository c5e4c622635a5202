import { accountIdOf, siteOf } from '../../lib/dialogue/dialogue.ts'
import type { LauncherState, PageReport } from '../../lib/extension/protocol.ts'
import { readSettings } from '../../lib/extension/store-settings.ts'
import { createMoodleClient, sessionTransport } from '../../lib/moodle/index.ts'
import { accountsOf, accountWith } from '../../lib/store/accounts.ts'
import { unreadDialogues } from '../../lib/store/list-counts.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { changeSync } from '../../lib/store/sync-state.ts'
import { announce } from './changes.ts'
import { transportOptions } from './connect.ts'
import { leave } from './leaving.ts'
import { endSession, isOrdinary, keepSession, noteLoggingOut, sessionOf, takeLoggingOut } from './sessions.ts'
import { renewBadge } from './show.ts'
import { rounds, store } from './worker.ts'

/** Asks the site whose session this is; what the page says of it is only a claim. */
async function ownerOf(wwwroot: string, sesskey: string): Promise<number> {
  const moodle = createMoodleClient(sessionTransport({ ...transportOptions(wwwroot), sesskey }))
  return (await moodle.call('core_session_time_remaining', {})).userid
}

async function accountsOn(site: string): Promise<readonly AccountRow[]> {
  return (await accountsOf(store)).filter(({ wwwroot }) => siteOf(wwwroot) === site)
}

async function loggedOut(site: string): Promise<void> {
  const session = await sessionOf(site)
  const onPurpose = await takeLoggingOut(site)
  // A request may have noticed before this page did; what the person wanted holds all the same.
  const isNews = session?.state === 'open' || (onPurpose && session?.state === 'ended')
  if (!session || !isNews) return
  await endSession(site)
  const account = await accountWith(store, accountIdOf(site, session.userId))
  if (account && onPurpose) await leave(store, account)
  for (const { id } of await accountsOn(site))
    announce(store, { accountId: id, topics: ['accounts', 'sync'] })
}

/** Somebody else's login: nothing of the earlier person's may be seen, or leave, from now on. */
async function othersLeave(site: string, userId: number): Promise<void> {
  for (const account of await accountsOn(site)) {
    if (account.userId === userId) continue
    if (!account.onlyMe) await leave(store, account)
  }
  announce(store, { topics: ['accounts', 'dialogues', 'thread'] })
}

async function arrived(site: string, userId: number): Promise<void> {
  const account = await accountWith(store, accountIdOf(site, userId))
  if (!account) return
  if (account.locked) await store.accounts.update(account.id, { locked: false })
  await changeSync(store, account.id, { trouble: undefined, failures: 0 })
  announce(store, { accountId: account.id, topics: ['accounts', 'dialogues', 'sync'] })
  void rounds.now(account.id)
}

/** A page's session, once the site has said whose it is. */
export async function admit(page: PageReport): Promise<number | undefined> {
  const site = siteOf(page.wwwroot)
  const known = await sessionOf(site)
  // A page without a user menu may not say whose it is; the same key says it.
  const isKnown = page.state === 'ok' && known?.state === 'open' && known.sesskey === page.sesskey
  if (isKnown) return known.userId
  if (!isOrdinary(page)) return undefined
  // At the address that the person switched on, whatever the page claims of scheme or query.
  const wwwroot = (await accountsOn(site))[0]?.wwwroot ?? page.wwwroot
  const userId = await ownerOf(wwwroot, page.sesskey)
  // First, so that it is tried again with the next page if it fails.
  await othersLeave(site, userId)
  await keepSession({ site, wwwroot, sesskey: page.sesskey, userId, state: 'open' })
  await arrived(site, userId)
  return userId
}

/** A look a moment later notices the end even where the log-out leads to another host. */
async function loggingOut(site: string): Promise<void> {
  await noteLoggingOut(site)
  for (const { id } of await accountsOn(site)) setTimeout(() => void rounds.now(id), LOOK_AFTER_MS)
}

async function learn(page: PageReport): Promise<number | undefined> {
  const site = siteOf(page.wwwroot)
  if (page.state === 'logging-out') await loggingOut(site)
  else if (page.state === 'logged-out') await loggedOut(site)
  else if (page.state === 'ok') return admit(page)
  else
    await keepSession({
      site,
      wwwroot: page.wwwroot,
      sesskey: '',
      // Nobody has proven whose page this is.
      userId: 0,
      state: page.state,
    })
  return undefined
}

const LOOK_AFTER_MS = 3000
const NOBODY: LauncherState = { unread: 0, hidden: false }

/** What the launcher of a page is told about itself. */
export async function reportPage(page: PageReport): Promise<LauncherState> {
  const site = siteOf(page.wwwroot)
  if ((await accountsOn(site)).length === 0) return NOBODY
  const userId = await learn(page).catch(() => undefined)
  renewBadge(store)
  const { hidden } = await readSettings()
  const account = userId === undefined ? undefined : await accountWith(store, accountIdOf(site, userId))
  if (account) return { accountId: account.id, unread: await unreadDialogues(store, account.id), hidden }
  if (page.state === 'logged-in-as' || page.state === 'switched-role' || page.state === 'guest')
    return strange(page, site, hidden)
  return NOBODY
}

/** Somebody looks through another's eyes: the launcher stays, so that the panel can say why nothing happens. */
async function strange(page: PageReport, site: string, hidden: boolean): Promise<LauncherState> {
  const [account] = await accountsOn(site)
  if (!account || page.state === 'guest') return NOBODY
  return {
    accountId: account.id,
    unread: 0,
    hidden,
    trouble: { kind: page.state as 'logged-in-as', mender: 'person' },
  }
}
