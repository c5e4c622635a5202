import { openStore, type Store } from '../../lib/store/db.ts'
import { searchStore } from '../../lib/store/search.ts'
import { indexBatch } from '../../lib/store/search-index.ts'
import { ACCOUNT, createCorpus, questions } from './search-corpus.ts'

export interface Measured {
  messages: number
  storeMs: number
  noteMs: number
  indexMs: number
  longestBatchMs: number
  blocks: number
  /** In the rows of the index alone, without what the database puts around them. */
  indexBytes: number
  /** What the browser says that the database takes, before and after indexing. */
  usageBefore: number
  usageAfter: number
  queries: { kind: string; typed: string; ms: number[]; hits: number }[]
}

const RUNS = 5
const AT_ONCE = 1000

async function timed<T>(work: () => Promise<T>): Promise<[ms: number, answer: T]> {
  const began = performance.now()
  const answer = await work()
  return [performance.now() - began, answer]
}

async function usage(): Promise<number> {
  return (await navigator.storage?.estimate?.())?.usage ?? 0
}

async function ask(db: Store, typed: string) {
  return timed(() => searchStore(db, { accounts: [ACCOUNT], scope: '*', typed, limit: 20 }))
}

/** Runs wherever there is an IndexedDB: in a worker of a browser, or in Node with a stand-in. */
export async function measureSearch(
  messages: number,
  conversations: number,
  tell: (words: string) => void,
): Promise<Measured> {
  const db = openStore(`bench-search-${messages}-${Math.round(performance.timeOrigin)}`)
  const corpus = createCorpus(messages, conversations)
  await db.accounts.put(ACCOUNT)
  await db.people.bulkPut(corpus.people)
  await db.conversations.bulkPut(corpus.talks)
  await db.dialogues.bulkPut(corpus.dialogues)
  let [storeMs, noteMs, indexMs, longestBatchMs] = [0, 0, 0, 0]
  const notes: { accountId: string; key: string; id: number; was: [] }[] = []
  for (let done = 0; done < messages; done += AT_ONCE) {
    const rows = Array.from({ length: Math.min(AT_ONCE, messages - done) }, (_, i) =>
      corpus.message(done + i),
    )
    storeMs += (await timed(() => db.messages.bulkPut(rows)))[0]
    for (const { accountId, key, id } of rows) notes.push({ accountId, key, id, was: [] })
  }
  tell(`stored ${messages} messages in ${Math.round(storeMs)} ms`)
  const usageBefore = await usage()
  // Histories come in by conversation, so their ids come in any order.
  notes.sort((a, b) => a.key.localeCompare(b.key))
  noteMs = (await timed(() => db.unindexed.bulkPut(notes)))[0]
  for (let left = messages; left > 0; ) {
    const [ms, n] = await timed(() => indexBatch(db, ACCOUNT))
    if (n === 0) break
    left -= n
    indexMs += ms
    longestBatchMs = Math.max(longestBatchMs, ms)
    if (left % 10_000 < n) tell(`indexed all but ${left}, ${Math.round(indexMs)} ms`)
  }
  const [blocks, indexBytes] = await db.terms
    .toArray()
    .then((rows) => [rows.length, rows.reduce((sum, { bytes }) => sum + bytes.length, 0)])
  const usageAfter = await usage()
  const queries: Measured['queries'] = []
  for (let run = 0; run < RUNS; run++) {
    for (const [kind, all] of Object.entries(questions(corpus))) {
      for (const typed of all) {
        const [ms, { hits }] = await ask(db, typed)
        const held = queries.find((query) => query.kind === kind && query.typed === typed)
        if (held) held.ms.push(ms)
        else queries.push({ kind, typed, ms: [ms], hits: hits.length })
      }
    }
  }
  await db.delete()
  return {
    messages,
    storeMs,
    noteMs,
    indexMs,
    longestBatchMs,
    blocks: blocks ?? 0,
    indexBytes: indexBytes ?? 0,
    usageBefore,
    usageAfter,
    queries,
  }
}
