import {
  changeConversation,
  conversationOf,
  conversationsWantingHistory,
  conversationWithId,
  countWantingHistory,
} from '../store/conversations.ts'
import { putCourses } from '../store/people.ts'
import type { AccountRow, ConversationRow } from '../store/rows.ts'
import { changeSync, syncOf } from '../store/sync-state.ts'
import { keepListed } from './conversation.ts'
import { course } from './from-moodle.ts'
import { pullOlder } from './older.ts'
import { toldFromNow } from './told.ts'
import type { Connection, World } from './world.ts'

/*
 * list page 1 ─► list page 2 … ─► courses and links ─► histories, five conversations a request ─► (done)
 *
 * Each step is one request and leaves its place in the sync row, so that a worker killed anywhere goes on there.
 */
const FIRST_PAGE = 20
const PAGE = 50
const LINKS = 100
/** Beyond so many the first reading would never end; scrolling and the search reach the rest. */
const MOST_LINKS = 5000
const HISTORIES = 5

async function keepPage(world: World, connection: Connection, account: AccountRow, limitfrom: number) {
  const limitnum = limitfrom === 0 ? FIRST_PAGE : PAGE
  const toldSince = toldFromNow(world.store, account.id)
  const { conversations } = await connection.moodle.call('core_message_get_conversations', {
    userid: account.userId,
    limitfrom,
    limitnum,
  })
  for (const conversation of conversations) await keepListed(world, account, conversation, toldSince)
  // Emptied conversations are left out after the page was cut, so only an empty page is the end.
  return { next: limitfrom + limitnum, isLast: conversations.length === 0 }
}

async function learnCourses({ moodle }: Connection, world: World, account: AccountRow) {
  const { courses } = await moodle.call('core_course_get_enrolled_courses_by_timeline_classification', {
    classification: 'all',
    limit: 0,
    offset: 0,
    sort: 'fullname',
  })
  await putCourses(world.store, account.id, courses.map(course))
  world.changed(account.id, ['accounts'])
}

/** One page of what the site finds; the oldest link of each conversation says how far back its history is wanted. */
async function wantHistories({ moodle }: Connection, world: World, account: AccountRow, limitfrom: number) {
  const { contacts } = await moodle.call('core_message_data_for_messagearea_search_messages', {
    userid: account.userId,
    search: '#dialogue=',
    limitfrom,
    limitnum: LINKS,
  })
  for (const [id, found] of Map.groupBy(contacts, ({ conversationid }) => conversationid)) {
    const row = id ? await conversationWithId(world.store, account.id, id) : undefined
    const oldest = Math.min(...found.map(({ messageid }) => messageid ?? Number.POSITIVE_INFINITY))
    if (!row || row.complete || oldest >= (row.heldFromId ?? Number.POSITIVE_INFINITY)) continue
    const wantedFromId = Math.min(oldest, row.wantedFromId ?? oldest)
    await changeConversation(world.store, account.id, row.key, { historyWanted: true, wantedFromId })
  }
  // A message to a group counts once for each member, so that a page may be short and not the last.
  return contacts.length > 0
}

async function wantAllHistories(connection: Connection, world: World, account: AccountRow): Promise<void> {
  let more = true
  for (let from = 0; more && from < MOST_LINKS; from += LINKS)
    more = await wantHistories(connection, world, account, from)
  const historiesLeft = await countWantingHistory(world.store, account.id)
  await changeSync(world.store, account.id, { historiesLeft })
}

/** Once more, until it reaches back to the oldest link, or does not get any further. */
async function readHistory(
  world: World,
  connection: Connection,
  account: AccountRow,
  before: ConversationRow,
): Promise<void> {
  const { key, wantedFromId = Number.POSITIVE_INFINITY } = before
  await pullOlder(world, connection, account, key)
  const now = await conversationOf(world.store, account.id, key)
  const heldFromId = now?.heldFromId ?? 0
  const isDone = now?.complete === true || heldFromId <= wantedFromId || heldFromId === before.heldFromId
  if (isDone) await changeConversation(world.store, account.id, key, { historyWanted: false })
}

async function readHistories(world: World, connection: Connection, account: AccountRow): Promise<boolean> {
  const before = await syncOf(world.store, account.id)
  if (before.historiesLeft === 0) return true
  const rows = await conversationsWantingHistory(world.store, account.id, HISTORIES)
  await Promise.all(rows.map((row) => readHistory(world, connection, account, row)))
  const left = rows.length === 0 ? 0 : await countWantingHistory(world.store, account.id)
  await changeSync(world.store, account.id, { historiesLeft: left })
  world.changed(account.id, ['sync', 'dialogues'])
  return left === 0
}

/** Does the next step of the first reading; true when nothing is left. */
export async function stepFirstSync(
  world: World,
  connection: Connection,
  account: AccountRow,
): Promise<boolean> {
  const sync = await syncOf(world.store, account.id)
  if (sync.listDone) return readHistories(world, connection, account)
  const { next, isLast } = await keepPage(world, connection, account, sync.listOffset ?? 0)
  world.changed(account.id, ['dialogues'])
  if (sync.listOffset === undefined) await learnCourses(connection, world, account).catch(() => undefined)
  if (isLast) await wantAllHistories(connection, world, account)
  await changeSync(world.store, account.id, { listOffset: isLast ? undefined : next, listDone: isLast })
  world.changed(account.id, ['dialogues', 'sync'])
  return false
}
