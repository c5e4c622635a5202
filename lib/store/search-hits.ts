import { personOf } from '../dialogue/dialogue.ts'
import { plainText } from '../dialogue/html.ts'
import { findIn, type Marked, type Query, snippetOf } from '../dialogue/search.ts'
import type { SearchHit } from '../dialogue/search-hit.ts'
import type { Store } from './db.ts'
import { listPrefix, scopeAll } from './lists.ts'
import { peopleOf } from './people.ts'
import type { AccountRow, ConversationRow, DialogueRecord, MessageRow } from './rows.ts'

const SNIPPET = 140

/** One account's part of a search. */
export interface Search {
  db: Store
  account: AccountRow
  query: Query
  scope: string
  limit: number
}

export interface Around {
  record: DialogueRecord
  people: string
  names: Map<number, string>
}

export function isInScope({ account, scope }: Search, { lists }: DialogueRecord): boolean {
  // What is put off stands in no other list, and is found all the same.
  const prefixes = (['all', 'snoozed'] as const).map((filter) => listPrefix(account.id, scope, filter))
  return scope === scopeAll || prefixes.some((prefix) => lists.some((entry) => entry.startsWith(prefix)))
}

function peopleText(
  { account }: Search,
  key: string,
  names: Map<number, string>,
  group?: ConversationRow,
): string {
  const person = personOf(key)
  if (person !== undefined && person !== account.userId) return names.get(person) ?? ''
  return group?.name ?? ''
}

/** Everything that is shown around hits in these dialogues, read at once. */
export async function around(
  search: Search,
  records: DialogueRecord[],
  authors: number[],
): Promise<Around[]> {
  const { db, account } = search
  const all = [...new Set(records.map(({ key }) => key))]
  // Only groups have a name of their own, and only there is it said who wrote.
  const keys = all.filter((key) => personOf(key) === undefined)
  const ids = [...(keys.length > 0 ? authors : []), ...all.flatMap((key) => personOf(key) ?? [])]
  const [people, conversations] = await Promise.all([
    peopleOf(db, account.id, ids),
    db.conversations.bulkGet(keys.map((key) => [account.id, key] as [string, string])),
  ])
  const names = new Map([...people].map(([id, { fullName }]) => [id, fullName]))
  return records.map((record) => {
    const conversation = conversations[keys.indexOf(record.key)]
    return { record, names, people: peopleText(search, record.key, names, conversation) }
  })
}

function hitOf(record: DialogueRecord, found: { subject: Marked; people: Marked }) {
  return {
    ref: { accountId: record.accountId, conversationKey: record.key, dialogueId: record.dialogueId },
    kind: record.kind,
    ...(record.subject === undefined ? {} : { subject: found.subject }),
    people: found.people,
  }
}

export function messageHit(search: Search, row: MessageRow, { record, people, names }: Around): SearchHit[] {
  const texts = { body: plainText(row.html), subject: record.subject ?? '', people }
  const found = findIn(texts, search.query)
  if (!found || found.body.ranges.length === 0) return []
  const mine = row.authorId === search.account.userId
  const author = record.kind === 'group' && !mine ? names.get(row.authorId) : undefined
  return [
    {
      ...hitOf(record, found),
      messageId: row.id,
      mine,
      ...(author ? { authorName: author } : {}),
      time: row.timeCreated,
      snippet: snippetOf(found.body, SNIPPET),
    },
  ]
}

export function dialogueHit({ account, query }: Search, { record, people }: Around): SearchHit[] {
  const found = findIn({ subject: record.subject ?? '', people }, query)
  if (!found) return []
  const mine = record.lastAuthorId === account.userId
  return [
    { ...hitOf(record, found), mine, time: record.timeLast, snippet: { text: record.lastText, ranges: [] } },
  ]
}
