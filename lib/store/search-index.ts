import { personOf } from '../dialogue/dialogue.ts'
import { plainText } from '../dialogue/html.ts'
import { accountWith, ofAccount } from './accounts.ts'
import type { Store } from './db.ts'
import { peopleOf } from './people.ts'
import { remembered } from './remembered.ts'
import type { AccountRow, MessageRow } from './rows.ts'
import { wordsOf } from './search-queue.ts'
import type { UnindexedRow } from './search-rows.ts'
import { type Changes, changeTerms, markOf, noteTerms } from './search-terms.ts'

/*
 * A message's way into the index, behind the reader's back:
 *
 * unindexed ──► indexed     a batch took it in
 * indexed ────► unindexed   its words changed, or it is gone; the search no longer shows it from that moment on,
 *                           because it looks at the message itself before it shows anything
 * unindexed ──► (gone)      a batch took its words out
 *
 * A batch changes the index first and takes the notes off afterwards: stopped in between, it is done again, which
 * changes nothing.
 */

/** Words said, and words of the subject and the people around them. */
export const BODY = 'b'
export const HEAD = 'h'

/** A batch writes nearly as many rows as there are beginnings of words, so few large ones where much is noted. */
const BATCH = 2000
/** Messages read between two turns of everybody else. */
const AT_ONCE = 100

/** The names by which a message is found: the other person's, or the group's and its author's. */
type NamesOf = (row: Pick<MessageRow, 'key' | 'authorId'>) => string

async function namesFor(db: Store, account: AccountRow, rows: readonly MessageRow[]): Promise<NamesOf> {
  const ids = rows.flatMap(({ key, authorId }) => [authorId, personOf(key) ?? authorId])
  const groups = [...new Set(rows.map(({ key }) => key).filter((key) => key.startsWith('g')))]
  const [people, conversations] = await Promise.all([
    peopleOf(db, account.id, ids),
    db.conversations.bulkGet(groups.map((key) => [account.id, key] as [string, string])),
  ])
  const names = new Map(conversations.map((row, i) => [groups[i], row?.name ?? '']))
  return ({ key, authorId }) => {
    const person = personOf(key) ?? (authorId === account.userId ? undefined : authorId)
    return [person === undefined ? '' : people.get(person)?.fullName, names.get(key)].join(' ')
  }
}

function noteWords(changes: Changes, { html, subject = '' }: UnindexedRow['was'][number], id: number): void {
  noteTerms(changes, BODY, plainText(html), id)
  noteTerms(changes, HEAD, subject, id)
}

const turnOfOthers = () => new Promise<void>((done) => setTimeout(done))

async function noteChanges(
  db: Store,
  account: AccountRow,
  notes: readonly UnindexedRow[],
  { taken, added }: { taken: Changes; added: Changes },
): Promise<void> {
  const keys = notes.map(({ accountId, key, id }) => [accountId, key, id] as [string, string, number])
  const rows = await db.messages.bulkGet(keys)
  const namesOf = await namesFor(
    db,
    account,
    rows.filter((row) => row !== undefined),
  )
  notes.forEach(({ id, was }, i) => {
    for (const words of was) noteWords(taken, words, id)
    const row = rows[i]
    if (!row) return
    noteWords(added, wordsOf(row), id)
    noteTerms(added, HEAD, namesOf(row), id)
  })
}

async function changesFor(db: Store, account: AccountRow, notes: readonly UnindexedRow[]) {
  const changes: { taken: Changes; added: Changes } = { taken: new Map(), added: new Map() }
  for (let from = 0; from < notes.length; from += AT_ONCE) {
    await noteChanges(db, account, notes.slice(from, from + AT_ONCE), changes)
    await turnOfOthers()
  }
  return changes
}

async function begin(db: Store, accountId: string): Promise<void> {
  if (await db.terms.get(markOf(accountId))) return
  await db.transaction('rw', db.accounts, db.terms, async () => {
    if (!(await accountWith(db, accountId))) return
    await db.terms.put({ accountId, bucket: '', block: 0, full: 0, bytes: new Uint8Array() })
  })
}

/** What changed again since the batch was read stays noted. */
async function done(db: Store, notes: readonly UnindexedRow[]): Promise<void> {
  const keys = notes.map(({ accountId, id }) => [accountId, id] as [string, number])
  await db.transaction('rw', db.unindexed, async () => {
    const now = await db.unindexed.bulkGet(keys)
    const same = keys.filter((_, i) => now[i]?.was.length === notes[i]?.was.length)
    await db.unindexed.bulkDelete(same)
  })
}

/** Takes the newest noted messages into the index; says how many there were. */
export async function indexBatch(db: Store, account: AccountRow, limit = BATCH): Promise<number> {
  const notes: UnindexedRow[] = await ofAccount(db, 'unindexed', account.id).reverse().limit(limit).toArray()
  if (notes.length === 0) return 0
  await begin(db, account.id)
  await changeTerms(db, account.id, await changesFor(db, account, notes))
  await done(db, notes)
  return notes.length
}

export function countUnindexed(db: Store, accountId: string): Promise<number> {
  return remembered(db, 'unindexed', accountId, async () => ofAccount(db, 'unindexed', accountId).count())
}
