import {
  changeConversation,
  conversationsWantingHistory,
  conversationWithId,
} from '../store/conversations.ts'
import { putCourses } from '../store/people.ts'
import type { AccountRow } from '../store/rows.ts'
import { changeSync, syncOf } from '../store/sync-state.ts'
import { keepListed } from './conversation.ts'
import { course } from './from-moodle.ts'
import { pullOlder } from './older.ts'
import type { Connection, World } from './world.ts'

/*
 * list page 1 ─► list page 2 … ─► courses and links ─► histories, five conversations a request ─► (done)
 *
 * Each step is one request and leaves its place in the sync row, so that a worker killed anywhere goes on there.
 */
const FIRST_PAGE = 20
const PAGE = 50
const LINKS = 100
const HISTORIES = 5

async function keepPage(world: World, connection: Connection, account: AccountRow, limitfrom: number) {
  const limitnum = limitfrom === 0 ? FIRST_PAGE : PAGE
  const { conversations } = await connection.moodle.call('core_message_get_conversations', {
    userid: account.userId,
    limitfrom,
    limitnum,
  })
  for (const conversation of conversations) await keepListed(world, account, conversation)
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

/** Messages that carry a link say which conversations hold dialogues; their histories are read without being asked for. */
async function wantHistories({ moodle }: Connection, world: World, account: AccountRow) {
  const { contacts } = await moodle.call('core_message_data_for_messagearea_search_messages', {
    userid: account.userId,
    search: '#dialogue=',
    limitfrom: 0,
    limitnum: LINKS,
  })
  for (const id of new Set(contacts.map(({ conversationid }) => conversationid))) {
    const row = id ? await conversationWithId(world.store, account.id, id) : undefined
    if (row && !row.complete)
      await changeConversation(world.store, account.id, row.key, { historyWanted: true })
  }
}

async function readHistories(world: World, connection: Connection, account: AccountRow): Promise<boolean> {
  const rows = await conversationsWantingHistory(world.store, account.id, HISTORIES)
  await Promise.all(
    rows.map(async ({ key }) => {
      await pullOlder(world, connection, account, key)
      await changeConversation(world.store, account.id, key, { historyWanted: false })
    }),
  )
  return rows.length < HISTORIES
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
  if (isLast) await wantHistories(connection, world, account)
  await changeSync(world.store, account.id, { listOffset: isLast ? undefined : next, listDone: isLast })
  world.changed(account.id, ['dialogues', 'sync'])
  return false
}
