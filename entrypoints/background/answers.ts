import { MESSAGE_BYTES } from '../../lib/dialogue/compose.ts'
import type { AccountId, DialogueRef } from '../../lib/dialogue/dialogue.ts'
import { mayDrop, mayTakeBack } from '../../lib/dialogue/outbox.ts'
import { type Hello, PROTOCOL_VERSION, type Protocol } from '../../lib/extension/protocol.ts'
import { forgetPermission, injectPanel } from '../../lib/extension/sites.ts'
import { changeSettings, readSettings } from '../../lib/extension/store-settings.ts'
import { openOwnPage } from '../../lib/extension/tabs.ts'
import { countRows, removeAccount } from '../../lib/store/accounts.ts'
import { discardDraft, draftOf, draftsOf, outboxToDraft, saveDraft } from '../../lib/store/drafts.ts'
import { entryOf, moveEntry, removeEntry } from '../../lib/store/outbox.ts'
import { rethread } from '../../lib/store/rethread.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { changeSync } from '../../lib/store/sync-state.ts'
import { forgetToken } from '../../lib/store/tokens.ts'
import { markRead } from '../../lib/store/unread.ts'
import { draftFrom, measure, write } from '../../lib/sync/write.ts'
import { accountsFor, type Caller, pick, standsOn } from './caller.ts'
import { announce } from './changes.ts'
import { reportPage } from './pages.ts'
import { changeConversationSetting, recipients } from './people.ts'
import { listOf, threadOf } from './screens.ts'
import { renewBadge } from './show.ts'
import { showDialogue } from './show-dialogue.ts'
import { accountView, shownAmong } from './state.ts'
import { finishSwitchOn, launchEverywhere, prepareSwitchOn, probeTab } from './switch-on.ts'
import { useToken } from './token.ts'
import { engine, rounds, store, words, world } from './worker.ts'

/** One answer a question; who asks decides which accounts there are. */
export type Answers = {
  [K in keyof Protocol]: (ask: Parameters<Protocol[K]>[0], caller: Caller) => Promise<ReturnType<Protocol[K]>>
}

async function visible(caller: Caller): Promise<AccountRow[]> {
  return shownAmong(store, await accountsFor(caller, await store.accounts.toArray()))
}

async function accountOf(caller: Caller, accountId: AccountId): Promise<AccountRow> {
  return pick(await visible(caller), accountId)
}

/** Accounts may be managed from our own pages, also while nothing of them is shown. */
async function managed(caller: Caller, accountId: AccountId): Promise<AccountRow> {
  return pick(caller.kind === 'own-page' ? await store.accounts.toArray() : [], accountId)
}

function ownPageOnly(caller: Caller): void {
  if (caller.kind !== 'own-page') pick([], '')
}

async function hello(ask: Parameters<Protocol['hello']>[0], caller: Caller): Promise<Hello> {
  const accounts = await visible(caller)
  const [first] = caller.kind === 'in-page' ? accounts : []
  const settings = await readSettings()
  const query = ask.query && { ...ask.query, ...(first ? { accountId: first.id } : {}) }
  return {
    version: PROTOCOL_VERSION,
    settings,
    ...(first ? { account: await accountView(store, first) } : {}),
    ...(query && accounts.length > 0 ? { first: await listOf(accounts, query) } : {}),
  }
}

async function send(
  draft: Parameters<Protocol['send']>[0],
  caller: Caller,
): Promise<ReturnType<Protocol['send']>> {
  const account = await accountOf(caller, draft.accountId)
  const { undoSeconds } = await readSettings()
  const written = await write(world, account, draft, undoSeconds, words())
  if ('mender' in written) return { sent: false, trouble: written }
  const { key, notBeforeMs } = written.entry
  void rounds.flushSoon(account.id, notBeforeMs)
  return { sent: true, key, ref: written.ref, notBeforeMs }
}

async function takeBack(ask: { accountId: AccountId; key: string }, caller: Caller) {
  const account = await accountOf(caller, ask.accountId)
  const entry = await entryOf(store, account.id, ask.key)
  if (!entry || !mayTakeBack(entry)) return undefined
  const draft = await outboxToDraft(store, entry, await draftFrom(world, account, entry))
  await rethread(store, account, entry.conversationKey)
  world.changed(account.id, ['outbox', 'drafts', 'thread', 'dialogues'], entry.conversationKey)
  return draft
}

async function drop(ask: { accountId: AccountId; key: string }, caller: Caller): Promise<void> {
  const account = await accountOf(caller, ask.accountId)
  const entry = await entryOf(store, account.id, ask.key)
  if (!entry || !mayDrop(entry)) return
  await removeEntry(store, account.id, ask.key)
  await rethread(store, account, entry.conversationKey)
  world.changed(account.id, ['outbox', 'thread', 'dialogues'], entry.conversationKey)
}

async function settle(
  ask: { accountId: AccountId; key: string; arrived: boolean },
  caller: Caller,
): Promise<void> {
  const account = await accountOf(caller, ask.accountId)
  await moveEntry(store, account.id, ask.key, {
    kind: ask.arrived ? 'person-says-arrived' : 'person-says-lost',
  })
  world.changed(account.id, ['outbox', 'thread'])
  void engine.flush(account.id)
}

async function read(ask: { ref: DialogueRef; messageIds: number[] }, caller: Caller): Promise<void> {
  const { accountId, conversationKey } = ask.ref
  const account = await accountOf(caller, accountId)
  const ids = await markRead(store, accountId, conversationKey, ask.messageIds)
  if (ids.length === 0) return
  await changeSync(store, accountId, (now) => ({ readsToTell: [...now.readsToTell, ...ids] }))
  await rethread(store, account, conversationKey)
  world.changed(accountId, ['dialogues', 'thread', 'accounts'], conversationKey)
  void engine.tellReads(accountId)
}

async function remove(ask: { accountId: AccountId }, caller: Caller): Promise<void> {
  const account = await managed(caller, ask.accountId)
  await removeAccount(store, account.id)
  const others = (await store.accounts.toArray()).some(({ wwwroot }) => wwwroot === account.wwwroot)
  if (!others) await forgetPermission(account.wwwroot)
  await launchEverywhere()
  announce(store, { topics: ['accounts', 'dialogues'] })
  renewBadge(store)
}

async function storageUse(_: unknown, caller: Caller) {
  ownPageOnly(caller)
  const accounts = await store.accounts.toArray()
  const { usage, quota } = await navigator.storage.estimate()
  return {
    ...(usage === undefined ? {} : { bytes: usage }),
    ...(quota === undefined ? {} : { quota }),
    accounts: await Promise.all(accounts.map(({ id }) => countRows(store, id))),
  }
}

async function findDialogue(
  { dialogueId }: { dialogueId: string },
  caller: Caller,
): Promise<DialogueRef | undefined> {
  for (const { id } of await visible(caller)) {
    const range = store.dialogues.where(':id').between([id, '', ''], [id, '\uffff', '\uffff'])
    const found = await range.filter((record) => record.dialogueId === dialogueId).first()
    if (found) return { accountId: id, conversationKey: found.key, dialogueId }
  }
  return undefined
}

export const answers: Answers = {
  hello,
  reportPage: async (page, caller) => {
    const isTrue = caller.kind === 'in-page' && standsOn(caller.url, page.wwwroot)
    return isTrue ? reportPage(page) : { unread: 0, hidden: false }
  },
  openPanel: async (_, caller) => {
    if (caller.kind === 'in-page') await injectPanel(caller.tabId)
  },
  accounts: async (_, caller) => {
    const all = await accountsFor(caller, await store.accounts.toArray())
    return Promise.all(all.map((account) => accountView(store, account)))
  },
  dialogues: async (query, caller) => listOf(await visible(caller), query),
  thread: async (ask, caller) => threadOf(await accountOf(caller, ask.ref.accountId), ask),
  findDialogue,
  markRead: read,
  recipients: async (ask, caller) => recipients(await accountOf(caller, ask.accountId), ask),
  draft: async ({ accountId, key }, caller) => draftOf(store, (await accountOf(caller, accountId)).id, key),
  drafts: async ({ accountId }, caller) => draftsOf(store, (await accountOf(caller, accountId)).id),
  saveDraft: async (draft, caller) => {
    const account = await accountOf(caller, draft.accountId)
    await saveDraft(store, draft)
    world.changed(account.id, ['drafts'], draft.conversationKey)
    return { bytes: await measure(world, account, draft, words()), limit: MESSAGE_BYTES }
  },
  discardDraft: async ({ accountId, key }, caller) => {
    await discardDraft(store, (await accountOf(caller, accountId)).id, key)
    world.changed(accountId, ['drafts'])
  },
  send,
  takeBack,
  drop,
  settle,
  refresh: async ({ accountId }, caller) => {
    for (const { id } of await visible(caller))
      if (accountId === undefined || accountId === id) void rounds.now(id)
  },
  mute: async ({ ref, muted }, caller) =>
    changeConversationSetting(await accountOf(caller, ref.accountId), ref, { isMuted: muted }),
  favourite: async ({ ref, favourite }, caller) =>
    changeConversationSetting(await accountOf(caller, ref.accountId), ref, { isFavourite: favourite }),
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
  setOnlyMe: async ({ accountId, onlyMe }, caller) => {
    await store.accounts.update((await managed(caller, accountId)).id, { onlyMe })
    announce(store, { accountId, topics: ['accounts'] })
  },
  removeAccount: remove,
  settings: async () => readSettings(),
  saveSettings: async (change, caller) => {
    if (caller.kind !== 'own-page')
      return changeSettings({
        ...(change.panelWidth ? { panelWidth: change.panelWidth } : {}),
        ...(change.hidden === undefined ? {} : { hidden: change.hidden }),
      })
    const settings = await changeSettings(change)
    announce(store, { topics: ['settings'] })
    return settings
  },
  storageUse,
  openPage: async ({ page, ref, section }, caller) => {
    if (caller.kind === 'stranger') return
    const hash = ref ? `#${encodeURIComponent(JSON.stringify(ref))}` : section ? `#${section}` : ''
    await openOwnPage(page === 'inbox' ? '/inbox.html' : '/options.html', hash)
  },
  showDialogue: async ({ ref }, caller) => {
    const account = await accountOf(caller, ref.accountId)
    if (caller.kind === 'own-page') await showDialogue(account, ref)
  },
}
