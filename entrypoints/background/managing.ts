import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import { withSignature } from '../../lib/dialogue/signature.ts'
import { readPolicy } from '../../lib/extension/policy.ts'
import type { Protocol } from '../../lib/extension/protocol.ts'
import type { Settings } from '../../lib/extension/settings.ts'
import { forgetPermission, patternOf } from '../../lib/extension/sites.ts'
import { changeSettings, readSettings } from '../../lib/extension/store-settings.ts'
import { accountsOf, countRows, removeAccount } from '../../lib/store/accounts.ts'
import { forgetToken } from '../../lib/store/tokens.ts'
import { type Answers, managed, ownPageOnly } from './access.ts'
import type { Caller } from './caller.ts'
import { announce } from './changes.ts'
import { diagnostics } from './diagnostics.ts'
import { isLoggedInHere } from './leaving.ts'
import { renewBadge } from './show.ts'
import { finishSwitchOn, launchEverywhere, prepareSwitchOn, probeTab } from './switch-on.ts'
import { useToken } from './token.ts'
import { rounds, store } from './worker.ts'

async function remove(ask: { accountId: AccountId }, caller: Caller): Promise<void> {
  const account = await managed(caller, ask.accountId)
  await removeAccount(store, account.id)
  const others = (await accountsOf(store)).some(
    ({ wwwroot }) => patternOf(wwwroot) === patternOf(account.wwwroot),
  )
  if (!others) await forgetPermission(account.wwwroot)
  await launchEverywhere()
  announce(store, { topics: ['accounts', 'dialogues'] })
  renewBadge(store)
}

async function storageUse(_: unknown, caller: Caller) {
  ownPageOnly(caller)
  const accounts = await accountsOf(store)
  const { usage, quota } = await navigator.storage.estimate()
  return {
    ...(usage === undefined ? {} : { bytes: usage }),
    ...(quota === undefined ? {} : { quota }),
    accounts: await Promise.all(accounts.map(({ id }) => countRows(store, id))),
  }
}

/** What a screen in a page may change: how it looks there, and nothing of what is sent, kept or told. */
const IN_PAGE = ['panelWidth', 'hidden', 'keys', 'sort', 'group'] as const

function inPage(change: Partial<Settings>): Partial<Settings> {
  return Object.fromEntries(IN_PAGE.flatMap((name) => (name in change ? [[name, change[name]]] : [])))
}

async function saveSettings(
  change: Parameters<Protocol['saveSettings']>[0],
  caller: Caller,
): Promise<Settings> {
  const settings = await changeSettings(caller.kind === 'own-page' ? change : inPage(change))
  announce(store, { topics: ['settings'] })
  renewBadge(store)
  return settings
}

/** Whoever else sits here must not say that nobody else does; a token is for a computer of one's own. */
async function setOnlyMe(ask: Parameters<Protocol['setOnlyMe']>[0], caller: Caller): Promise<void> {
  const account = await managed(caller, ask.accountId)
  if (ask.onlyMe && !(await isLoggedInHere(account))) return
  if (!ask.onlyMe) await forgetToken(store, account.id)
  await store.accounts.update(account.id, { onlyMe: ask.onlyMe })
  announce(store, { accountId: account.id, topics: ['accounts'] })
}

async function setSignature(ask: Parameters<Protocol['setSignature']>[0], caller: Caller): Promise<void> {
  const { id } = await managed(caller, ask.accountId)
  await store.accounts
    .where('id')
    .equals(id)
    .modify((account) => {
      account.signatures = withSignature(account.signatures, ask.courseId, ask.text)
    })
  announce(store, { accountId: id, topics: ['accounts'] })
}

async function setQuietHours(ask: Parameters<Protocol['setQuietHours']>[0], caller: Caller): Promise<void> {
  const { id } = await managed(caller, ask.accountId)
  const { quietHours } = ask
  await store.accounts
    .where('id')
    .equals(id)
    .modify((account) => {
      if (quietHours) account.quietHours = quietHours
      else delete account.quietHours
    })
  announce(store, { accountId: id, topics: ['accounts', 'outbox', 'rules'] })
  void rounds.flushSoon(id, 0)
  void rounds.rulesSoon(id, 0)
}

/** Accounts, sites and settings: for our own pages. */
export const managing = {
  probeTab: async ({ tabId }, caller) => {
    ownPageOnly(caller)
    return probeTab(tabId)
  },
  prepareSwitchOn: async (ask, caller) => {
    ownPageOnly(caller)
    await prepareSwitchOn(ask)
  },
  finishSwitchOn: async ({ wwwroot }, caller) => {
    ownPageOnly(caller)
    return finishSwitchOn(wwwroot)
  },
  useToken: async ({ accountId, pasted }, caller) => useToken(await managed(caller, accountId), pasted),
  forgetToken: async ({ accountId }, caller) => {
    await forgetToken(store, (await managed(caller, accountId)).id)
    announce(store, { accountId, topics: ['accounts'] })
  },
  setOnlyMe,
  setQuietHours,
  setSignature,
  removeAccount: remove,
  settings: async () => readSettings(),
  policy: async () => readPolicy(),
  saveSettings,
  storageUse,
  diagnostics,
} satisfies Partial<Answers>
