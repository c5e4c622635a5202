import { MESSAGE_BYTES } from '../../lib/dialogue/compose.ts'
import type { AccountId, DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import type { DraftSaved, Protocol } from '../../lib/extension/protocol.ts'
import { readSettings } from '../../lib/extension/store-settings.ts'
import { discardDraft, draftOf, draftsOf, type SavedDraft, saveDraft } from '../../lib/store/drafts.ts'
import { keepAside } from '../../lib/store/mirror.ts'
import { moveEntry } from '../../lib/store/outbox.ts'
import { seen } from '../../lib/sync/mark-read.ts'
import { withRoom } from '../../lib/sync/room.ts'
import { sendNow as sendRuleNow } from '../../lib/sync/rule-life.ts'
import { drop, personSays, takeBack } from '../../lib/sync/take-back.ts'
import { measure, write } from '../../lib/sync/write.ts'
import { type Answers, accountOf } from './access.ts'
import type { Caller } from './caller.ts'
import { engine, rounds, store, words, world } from './worker.ts'

async function send(
  draft: Parameters<Protocol['send']>[0],
  caller: Caller,
): Promise<ReturnType<Protocol['send']>> {
  const account = await accountOf(caller, draft.accountId)
  const { undoSeconds } = await readSettings()
  const written = await withRoom(world, () => write(world, account, draft, undoSeconds, words()))
  if ('mender' in written) return { sent: false, trouble: written }
  const { key, notBeforeMs } = written.entry
  void rounds.flushSoon(account.id, notBeforeMs)
  return { sent: true, key, ref: written.ref, notBeforeMs }
}

async function settle(
  ask: { accountId: AccountId; key: string; arrived: boolean },
  caller: Caller,
): Promise<void> {
  const account = await accountOf(caller, ask.accountId)
  await personSays(world, account, ask.key, ask.arrived)
  void engine.flush(account.id)
}

/** What quiet hours hold, and what was put off: a message, one to several, or a rule. */
async function sendNow({ accountId, key }: { accountId: AccountId; key: string }, caller: Caller) {
  const account = await accountOf(caller, accountId)
  const { id } = account
  if (await moveEntry(store, id, key, { kind: 'send-now' })) world.changed(id, ['outbox', 'thread'])
  else if (await sendRuleNow(world, account, key)) void rounds.rulesSoon(id, 0)
  void rounds.flushSoon(id, 0)
}

async function markSeen(ask: { ref: DialogueRef; messageIds: number[] }, caller: Caller): Promise<void> {
  const { accountId, conversationKey } = ask.ref
  const account = await accountOf(caller, accountId)
  const ids = await seen(world, account, conversationKey, ask.messageIds)
  if (ids.length > 0) void engine.tellReads(accountId)
}

/** Where the database takes nothing more, the second place does. */
async function keptAside(draft: Draft, error: unknown): Promise<SavedDraft> {
  if (await keepAside(store, draft)) return { draft }
  throw error
}

async function keep(draft: Draft, caller: Caller): Promise<DraftSaved> {
  const account = await accountOf(caller, draft.accountId)
  const saving = withRoom(world, () => saveDraft(store, draft))
  const saved = await saving.catch((error) => keptAside(draft, error))
  world.changed(account.id, ['drafts'], draft.conversationKey)
  return { ...saved, bytes: await measure(world, account, saved.draft, words()), limit: MESSAGE_BYTES }
}

async function discard(ask: Parameters<Protocol['discardDraft']>[0], caller: Caller): Promise<void> {
  const { id } = await accountOf(caller, ask.accountId)
  await discardDraft(store, ask)
  world.changed(id, ['drafts'])
}

/** What a person writes, and what becomes of it. */
export const writing = {
  markRead: markSeen,
  draft: async ({ accountId, key }, caller) => draftOf(store, (await accountOf(caller, accountId)).id, key),
  drafts: async ({ accountId }, caller) => draftsOf(store, (await accountOf(caller, accountId)).id),
  saveDraft: keep,
  discardDraft: discard,
  send,
  takeBack: async ({ accountId, key }, caller) => takeBack(world, await accountOf(caller, accountId), key),
  drop: async ({ accountId, key }, caller) => {
    await drop(world, await accountOf(caller, accountId), key)
  },
  sendNow,
  settle,
} satisfies Partial<Answers>
