import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { Marking } from '../../lib/dialogue/marks-of-own.ts'
import { readSettings } from '../../lib/extension/store-settings.ts'
import { coursePagesCounts, moreCountsOf } from '../../lib/store/list-counts.ts'
import { unreadIn } from '../../lib/store/messages.ts'
import { siblingsOf } from '../../lib/store/read-list.ts'
import { deleteMessages } from '../../lib/sync/delete.ts'
import { exportDialogues } from '../../lib/sync/export.ts'
import { seen } from '../../lib/sync/mark-read.ts'
import { markDialogues, moveMessage } from '../../lib/sync/own-marks.ts'
import { personCard } from '../../lib/sync/person-card.ts'
import { type Answers, accountOf, ownPageOnly, visible } from './access.ts'
import type { Caller } from './caller.ts'
import { block } from './people.ts'
import { scopeOf, USUAL } from './screens.ts'
import { engine, rounds, world } from './worker.ts'

/** What a person types for themselves alone is typed on our own pages only: a page could read along. */
const TYPED = ['labels', 'name', 'note'] as const

async function allOf(caller: Caller, refs: readonly DialogueRef[]): Promise<void> {
  for (const { accountId } of refs) await accountOf(caller, accountId)
}

async function mark(
  { refs, change }: { refs: DialogueRef[]; change: Marking },
  caller: Caller,
): Promise<void> {
  if (TYPED.some((name) => change[name] !== undefined)) ownPageOnly(caller)
  await allOf(caller, refs)
  await markDialogues(world, refs, change)
  if (change.snoozeUntil) void rounds.planWaking()
}

async function markRead({ refs }: { refs: DialogueRef[] }, caller: Caller): Promise<void> {
  await allOf(caller, refs)
  await markDialogues(world, refs, { unreadAgain: false })
  for (const ref of refs) {
    const account = await accountOf(caller, ref.accountId)
    await seen(world, account, ref.conversationKey, await unreadIn(world.store, ref))
  }
  for (const id of new Set(refs.map(({ accountId }) => accountId))) void engine.tellReads(id)
}

async function written(refs: DialogueRef[], caller: Caller) {
  ownPageOnly(caller)
  const each = refs.map(async (ref) =>
    exportDialogues(world, await accountOf(caller, ref.accountId), [ref], USUAL),
  )
  return (await Promise.all(each)).flat()
}

/** What a person does with dialogues and messages besides reading and writing. */
export const marking = {
  mark,
  markAllRead: markRead,
  move: async ({ ref, messageId, to }, caller) =>
    moveMessage(world, await accountOf(caller, ref.accountId), ref.conversationKey, messageId, to),
  deleteMessages: async (ask, caller) => {
    await accountOf(caller, ask.ref.accountId)
    return deleteMessages(world, ask)
  },
  siblings: async ({ ref }, caller) => {
    await accountOf(caller, ref.accountId)
    return siblingsOf(world.store, ref)
  },
  moreCounts: async (ask, caller) => {
    const seen = await visible(caller)
    const accounts = ask.accountId === undefined ? seen : seen.filter(({ id }) => id === ask.accountId)
    return moreCountsOf(world.store, accounts, scopeOf(ask, accounts[0]))
  },
  person: async ({ accountId, userId }, caller) =>
    personCard(world, await accountOf(caller, accountId), userId),
  block: async ({ accountId, userId, blocked }, caller) =>
    block(await accountOf(caller, accountId), userId, blocked),
  exported: async ({ refs }, caller) => written(refs, caller),
  courseCounts: async ({ cmids }, caller) => {
    const [[account], { pageCounts }] = await Promise.all([visible(caller), readSettings()])
    return account && pageCounts ? coursePagesCounts(world.store, account.id, cmids) : undefined
  },
} satisfies Partial<Answers>
