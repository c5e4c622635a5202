import Dexie from 'dexie'
import type { AccountId } from '../dialogue/dialogue.ts'
import { plainText } from '../dialogue/html.ts'
import { holdsPhrase, isWorthSearching, type Query, queryOf } from '../dialogue/search.ts'
import type { SearchAnswer, SearchHit } from '../dialogue/search-hit.ts'
import { lookUps } from '../dialogue/search-words.ts'
import type { Store } from './db.ts'
import type { AccountRow, DialogueRecord, MessageRow } from './rows.ts'
import { conversationsWith } from './search-conversations.ts'
import { around, dialogueHit, isInScope, messageHit, type Search } from './search-hits.ts'
import { countUnindexed } from './search-index.ts'
import { messagesOf } from './search-runs.ts'
import { headsWith, type Lists, messagesWith, readLists } from './search-streams.ts'

export interface LocalSearch {
  accounts: readonly AccountRow[]
  scope: string
  typed: string
  limit: number
}

/** Messages looked at together. */
const CHUNK = 24
/** After so many that did not hold what the index promised, or stood elsewhere, the search ends. */
const MOST_LOOKED_AT = 300

/** Each larger than the one before: the first is enough for most searches. */
function* chunks<T>(all: Iterable<T>, first: number): Generator<T[]> {
  let [chunk, size]: [T[], number] = [[], first]
  for (const one of all) {
    if (chunk.push(one) < size) continue
    yield chunk
    chunk = []
    size *= 2
  }
  if (chunk.length > 0) yield chunk
}

function placeOf({ key, dialogueId }: Pick<MessageRow, 'key' | 'dialogueId'>): string {
  return JSON.stringify([key, dialogueId])
}

/** Each dialogue is read once, however many of its messages were found. */
async function recordsOf(
  { db, account }: Search,
  rows: readonly MessageRow[],
): Promise<Map<string, DialogueRecord>> {
  const places = new Map(rows.map((row) => [placeOf(row), row]))
  const keys = [...places.values()].map(
    ({ key, dialogueId }) => [account.id, key, dialogueId] as [string, string, string],
  )
  const records = await db.dialogues.bulkGet(keys)
  return new Map(records.flatMap((record) => (record ? [[placeOf(record), record] as const] : [])))
}

/** The index knows words and no order: of phrases most that it names are none, and need nothing else to be read. */
function mayBeHit({ query }: Search, { html }: MessageRow): boolean {
  return query.words.length > 0 || query.phrases.length === 0 || holdsPhrase(plainText(html), query)
}

async function hitsAmong(search: Search, ids: number[]): Promise<SearchHit[]> {
  const found = await messagesOf(search.db, search.account.id, ids)
  const rows = found.filter((row) => mayBeHit(search, row))
  const records = await recordsOf(search, rows)
  const filed = rows.flatMap((row) => {
    const record = records.get(placeOf(row))
    return record && isInScope(search, record) ? [{ row, record }] : []
  })
  const places = await around(
    search,
    filed.map(({ record }) => record),
    filed.map(({ row }) => row.authorId),
  )
  return filed.flatMap(({ row }, i) => {
    const place = places[i]
    return place ? messageHit(search, row, place) : []
  })
}

async function messageHits(search: Search, lists: Lists): Promise<SearchHit[]> {
  const hits: SearchHit[] = []
  let seen = 0
  for (const ids of chunks(messagesWith(lists), CHUNK)) {
    hits.push(...(await hitsAmong(search, ids)))
    seen += ids.length
    if (hits.length >= search.limit || seen >= MOST_LOOKED_AT) break
  }
  return hits
}

async function dialoguesIn(search: Search, key: string): Promise<DialogueRecord[]> {
  const { db, account } = search
  const range = [
    [account.id, key, Dexie.minKey],
    [account.id, key, Dexie.maxKey],
  ] as const
  const records = await db.dialogues
    .where(':id')
    .between(...range)
    .toArray()
  return records.filter((record) => isInScope(search, record))
}

/** Dialogues found by subject and people. A conversation's other messages say nothing new and are passed over. */
async function dialogueHits(search: Search, lists: Lists): Promise<SearchHit[]> {
  const hits: SearchHit[] = []
  await conversationsWith(search, headsWith(lists), async (keys) => {
    const records = await Promise.all(keys.map((key) => dialoguesIn(search, key)))
    const places = await around(search, records.flat(), [])
    hits.push(...places.flatMap((place) => dialogueHit(search, place)))
    return hits.length >= search.limit
  })
  return hits
}

async function searchAccount(search: Search, terms: string[]): Promise<SearchHit[]> {
  const { db, account } = search
  const tables = [db.terms, db.messages, db.dialogues, db.conversations, db.people]
  // Dexie follows native awaits only from an async function of its own.
  return db.transaction('r', tables, async () => {
    const lists = await readLists(db, account.id, terms)
    const found = await Promise.all([messageHits(search, lists), dialogueHits(search, lists)])
    return found.flat()
  })
}

function termsToLookUp({ words, phrases }: Query): string[] {
  const sought = [...words, ...phrases.flatMap((phrase) => phrase.words)]
  const worthIt = sought.filter(({ term, isStretch }) => isStretch || term.length > 1)
  return [...new Set(worthIt.flatMap(lookUps))]
}

/** Reads a few index rows and a screenful of messages, whatever the size of the database. */
export async function searchStore(db: Store, ask: LocalSearch): Promise<SearchAnswer> {
  const query = queryOf(ask.typed)
  if (!isWorthSearching(query)) return { hits: [], more: false, toIndex: 0 }
  const { scope } = ask
  const limit = ask.limit + 1
  const terms = termsToLookUp(query)
  const [each, left] = await Promise.all([
    Promise.all(ask.accounts.map((account) => searchAccount({ db, account, query, scope, limit }, terms))),
    Promise.all(ask.accounts.map(({ id }: { id: AccountId }) => countUnindexed(db, id))),
  ])
  const hits = each.flat().sort((a, b) => b.time - a.time)
  return {
    hits: hits.slice(0, ask.limit),
    more: hits.length > ask.limit,
    toIndex: left.reduce((sum, n) => sum + n, 0),
  }
}
