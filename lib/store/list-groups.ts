import type { DialogueRow, Grouping, RowGroup } from '../dialogue/views.ts'
import type { Store } from './db.ts'
import { countOf } from './list-counts.ts'
import { isInList, listPrefix, scopePage } from './lists.ts'
import { activityOf } from './orders.ts'
import type { ListAsk } from './read-list.ts'
import type { DialogueRecord } from './rows.ts'

/** Which rows stand together. */
export function groupOf(record: DialogueRecord, group: Grouping): string | undefined {
  if (group === 'person') return record.key
  return group === 'activity' ? activityOf(record.orders.activity) : undefined
}

async function ofPerson(db: Store, accountId: string, { scope, filter }: ListAsk, key: string) {
  const range = db.dialogues.where(':id').between([accountId, key, ''], [accountId, key, '\uffff'])
  const records = (await range.toArray()).filter((record) => isInList(record, scope, filter))
  return { dialogues: records.length, unread: records.filter(({ unread }) => unread > 0).length }
}

/** A page belongs to one course, so that the narrower scope is the page itself. */
async function ofActivity(db: Store, accountId: string, { filter }: ListAsk, key: string) {
  const [dialogues, unread] = await Promise.all([
    countOf(db, listPrefix(accountId, scopePage(key), filter)),
    countOf(db, listPrefix(accountId, scopePage(key), 'unread')),
  ])
  return { dialogues, unread }
}

/** How many dialogues each group on this screen has, whether they are on it or not. */
export async function groupsOf(
  db: Store,
  ask: ListAsk,
  rows: DialogueRow[],
): Promise<RowGroup[] | undefined> {
  const { group = 'none' } = ask
  if (group === 'none') return undefined
  const count = group === 'person' ? ofPerson : ofActivity
  const shown = new Map(
    rows.flatMap((row) => (row.group === undefined ? [] : [[`${row.ref.accountId} ${row.group}`, row]])),
  )
  const each = [...shown.values()].map(async ({ ref, group: key = '' }) => ({
    key,
    accountId: ref.accountId,
    ...(await count(db, ref.accountId, ask, key)),
  }))
  return Promise.all(each)
}
