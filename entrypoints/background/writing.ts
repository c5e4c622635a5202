import { MESSAGE_BYTES } from '../../lib/dialogue/compose.ts'
import type { AccountId, DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { Protocol } from '../../lib/extension/protocol.ts'
import { readSettings } from '../../lib/extension/store-settings.ts'
import { discardDraft, draftOf, draftsOf, outboxToDraft, saveDraft } from '../../lib/store/drafts.ts'
import { dropEntry, entryOf, moveEntry } from '../../lib/store/outbox.ts'
import { rethread } from '../../lib/store/rethread.ts'
import { changeSync } from '../../lib/store/sync-state.ts'
import { markRead } from '../../lib/store/unread.ts'
import { draftFrom, measure, write } from '../../lib/sync/write.ts'
import { type Answers, accountOf } from './access.ts'
import type { Caller } from './caller.ts'
import { engine, rounds, store, words, world } from './worker.ts'

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
  const draft = entry && (await outboxToDraft(store, entry, await draftFrom(world, account, entry)))
  if (!entry || !draft) return undefined
  await rethread(store, account, entry.conversationKey)
  world.changed(account.id, ['outbox', 'drafts', 'thread', 'dialogues'], entry.conversationKey)
  return draft
}

async function drop(ask: { accountId: AccountId; key: string }, caller: Caller): Promise<void> {
  const account = await accountOf(caller, ask.accountId)
  const dropped = await dropEntry(store, account.id, ask.key)
  if (!dropped) return
  await rethread(store, account, dropped.conversationKey)
  world.changed(account.id, ['outbox', 'thread', 'dialogues'], dropped.conversationKey)
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

async function markSeen(ask: { ref: DialogueRef; messageIds: number[] }, caller: Caller): Promise<void> {
  const { accountId, conversationKey } = ask.ref
  const account = await accountOf(caller, accountId)
  const ids = await markRead(store, accountId, conversationKey, ask.messageIds)
  if (ids.length === 0) return
  await changeSync(store, accountId, (now) => ({ readsToTell: [...now.readsToTell, ...ids] }))
  await rethread(store, account, conversationKey)
  world.changed(accountId, ['dialogues', 'thread', 'accounts'], conversationKey)
  void engine.tellReads(accountId)
}

async function keep(draft: Parameters<Protocol['saveDraft']>[0], caller: Caller) {
  const account = await accountOf(caller, draft.accountId)
  await saveDraft(store, draft)
  world.changed(account.id, ['drafts'], draft.conversationKey)
  return { bytes: await measure(world, account, draft, words()), limit: MESSAGE_BYTES }
}

async function discard(
  { accountId, key }: { accountId: AccountId; key: string },
  caller: Caller,
): Promise<void> {
  await discardDraft(store, (await accountOf(caller, accountId)).id, key)
  world.changed(accountId, ['drafts'])
}

/** What a person writes, and what becomes of it. */
export const writing = {
  markRead: markSeen,
  draft: async ({ accountId, key }, caller) => draftOf(store, (await accountOf(caller, accountId)).id, key),
  drafts: async ({ accountId }, caller) => draftsOf(store, (await accountOf(caller, accountId)).id),
  saveDraft: keep,
  discardDraft: discard,
  send,
  takeBack,
  drop,
  settle,
} satisfies Partial<Answers>
