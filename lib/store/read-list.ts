import type { DialogueRef } from '../dialogue/dialogue.ts'
import type { DialogueList, DialogueRow, Filter, Grouping, Sibling, Sort } from '../dialogue/views.ts'
import { begunOf } from './begun.ts'
import type { Store } from './db.ts'
import { countsAtHand, countsOf } from './list-counts.ts'
import { groupOf, groupsOf } from './list-groups.ts'
import { type Ask, type Found, type Order, orderOf, screenful, sparseIn } from './list-order.ts'
import { rowsOf } from './list-rows.ts'
import { LAST } from './lists.ts'
import type { AccountRow, DialogueRecord } from './rows.ts'
import { wake } from './snooze.ts'

export interface ListAsk {
  accounts: readonly AccountRow[]
  scope: string
  filter: Filter
  sort?: Sort
  group?: Grouping
  limit: number
  cursor?: string
  /** Unix seconds of the site, for what was put off until now. */
  now?: number
  /** Without the counts, if they are not at hand: the browser brings nothing else while it counts thousands. */
  isUrgent?: boolean
}

/** Where each account's list goes on: the cursor of a list over all of them. */
type Cursor = Record<string, string>

function nextCursor(shown: Found[], before: Cursor): string {
  return JSON.stringify({
    ...before,
    ...Object.fromEntries(shown.map(({ account, at }) => [account.id, at])),
  })
}

async function inOrder(db: Store, shown: Found[], group: Grouping): Promise<DialogueRow[]> {
  const rows = new Map<DialogueRecord, DialogueRow>()
  for (const account of new Set(shown.map((found) => found.account))) {
    const records = shown.filter((found) => found.account === account).map(({ record }) => record)
    const made = await rowsOf(db, account, records)
    records.forEach((record, i) => {
      const key = groupOf(record, group)
      const row = made[i]
      if (row) rows.set(record, { ...row, ...(key === undefined ? {} : { group: key }) })
    })
  }
  return shown.flatMap(({ record }) => rows.get(record) ?? [])
}

function compare(order: Order) {
  const sign = order.isDown ? -1 : 1
  return (a: Found, b: Found) => (a.at < b.at ? -sign : sign)
}

async function readRows(db: Store, ask: ListAsk & Ask, order: Order) {
  const before: Cursor = ask.cursor ? JSON.parse(ask.cursor) : {}
  const each = await Promise.all(
    ask.accounts.map((account) => screenful(db, account, ask, order, before[account.id])),
  )
  const found = each.flat().sort(compare(order))
  const shown = found.slice(0, ask.limit)
  const rows = await inOrder(db, shown, ask.group ?? 'none')
  const more = found.length > shown.length || each.some((records) => records.length === ask.limit)
  return { rows, ...(more && shown.length > 0 ? { next: nextCursor(shown, before) } : {}) }
}

const READ = ['dialogues', 'conversations', 'people', 'courses', 'places', 'outbox']

/** Dialogues that do not exist yet stand before the first screenful of the drafts. */
async function begunIn(db: Store, { accounts, scope, filter, cursor }: ListAsk) {
  return filter === 'drafts' && cursor === undefined ? { begun: await begunOf(db, accounts, scope) } : {}
}

function withoutTime({ now: _, ...ask }: ListAsk): ListAsk {
  return ask
}

/** A screenful of a list: reads about that many records an account, whatever the list's length. */
export async function readList(db: Store, ask: ListAsk): Promise<Omit<DialogueList, 'sync'>> {
  const order = orderOf(ask)
  const sparse = await sparseIn(db, ask.accounts, ask)
  const [woken, page, counts, begun] = await Promise.all([
    ask.now === undefined ? [] : wake(db, ask.accounts, ask.now),
    db.transaction('r', READ, () => readRows(db, { ...ask, sparse }, order)),
    (ask.isUrgent ? countsAtHand : countsOf)(db, ask.accounts, ask.scope),
    begunIn(db, ask),
  ])
  // It seldom is time for one, and then the list was read too early.
  if (woken.length > 0) return readList(db, withoutTime(ask))
  const groups = await groupsOf(db, ask, page.rows)
  return { ...page, ...(counts ? { counts } : {}), ...begun, ...(groups ? { groups } : {}) }
}

const SIBLINGS = 50

async function newestWith(db: Store, accountId: string, key: string): Promise<DialogueRecord[]> {
  const records = await db.dialogues
    .where(':id')
    .between([accountId, key, ''], [accountId, key, LAST])
    .toArray()
  return records.sort((a, b) => b.timeLast - a.timeLast).slice(0, SIBLINGS)
}

/** The dialogues of one conversation, the newest first. */
export async function rowsWith(db: Store, account: AccountRow, key: string): Promise<DialogueRow[]> {
  return rowsOf(db, account, await newestWith(db, account.id, key))
}

export async function siblingsOf(db: Store, ref: DialogueRef): Promise<Sibling[]> {
  const records = await newestWith(db, ref.accountId, ref.conversationKey)
  return records.map(({ dialogueId, subject, timeLast }) => ({
    dialogueId,
    ...(subject === undefined ? {} : { subject }),
    timeLast,
  }))
}
