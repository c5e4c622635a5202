import { changeConversation } from '../../lib/store/conversations.ts'
import { inOneStep, openStore } from '../../lib/store/db.ts'
import { putMessages } from '../../lib/store/messages.ts'
import { putPeople } from '../../lib/store/people.ts'
import { rethread } from '../../lib/store/rethread.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { indexBatch } from '../../lib/store/search-index.ts'
import { changeSync } from '../../lib/store/sync-state.ts'
import type { Package } from './large-school.ts'

/** Runs in a page of the extension's own, with the store's own code, while the worker rests. */
const db = openStore()

async function account(): Promise<AccountRow> {
  const [row] = await db.accounts.toArray()
  if (!row) throw new Error('no account is switched on')
  return row
}

/** As after a sync that has read everything, with the next round an hour away. */
async function rest(): Promise<void> {
  const { id } = await account()
  const now = Math.floor(Date.now() / 1000)
  const times = { timeLastRound: now, timeLastSlowRound: now, timeLastForgotten: now, timePeopleAsked: now }
  await changeSync(db, id, {
    ...{ ...times, listDone: true, listOffset: undefined, nextRoundMs: Date.now() + 3_500_000 },
    ...{ readsToTell: [], ghosts: [], failures: 0, trouble: undefined },
  })
}

async function seed(packages: Package[]): Promise<void> {
  const owner = await account()
  await inOneStep(db, async () => {
    for (const { key, conversationId, person, messages } of packages) {
      const ids = messages.map(({ id }) => id)
      await putPeople(db, owner.id, [person])
      await changeConversation(db, owner.id, key, {
        ...{ conversationId, memberIds: [person.id], timeLast: messages.at(-1)?.timeCreated ?? 0 },
        ...{ complete: true, heldFromId: Math.min(...ids), heldToId: Math.max(...ids), historyWanted: false },
      })
      await putMessages(db, owner.id, key, messages)
      await rethread(db, owner, key)
    }
  })
}

/** Milliseconds that the index took to take everything in, and its longest batch. */
async function index(): Promise<{ ms: number; longestMs: number; messages: number }> {
  const owner = await account()
  const all = { ms: 0, longestMs: 0, messages: 0 }
  for (;;) {
    const began = performance.now()
    const taken = await indexBatch(db, owner)
    const ms = performance.now() - began
    if (taken === 0) return all
    all.ms += ms
    all.longestMs = Math.max(all.longestMs, ms)
    all.messages += taken
  }
}

async function size() {
  const [messages, dialogues] = await Promise.all([db.messages.count(), db.dialogues.count()])
  const { usage = 0 } = await navigator.storage.estimate()
  return { messages, dialogues, usage }
}

const inPage = { rest, seed, index, size }
export type InPage = typeof inPage

declare global {
  var asideBench: InPage | undefined
}

globalThis.asideBench = inPage
