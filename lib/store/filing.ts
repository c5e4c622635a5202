import Dexie from 'dexie'
import { type Moved, type Placement, threads } from '../dialogue/thread.ts'
import type { Store } from './db.ts'
import { NOWHERE } from './messages.ts'
import { movesIn } from './moves.ts'
import type { AccountRow, ConversationRow, MessageRow } from './rows.ts'
import { counted, type FilingRow, type Tallies } from './tally.ts'

/*
 * How a long conversation's older messages are filed is kept, up to one of them: a message's place depends on nothing
 * that comes after it, so a new one costs the reading of a few, and not of all. Whoever changes a message up to there
 * calls `fileAnew`, by which all are read once more. Where the person has moved messages, all are read every time.
 *
 *   none ── so many messages ──► kept to one ── so many more ──► kept to a later one
 *    ▲                               │
 *    └── one up to there changes ────┘
 */

/** More than a poll or a screen changes. */
const LATEST = 60
const MOST_AFTER = 3 * LATEST

export interface Filed extends Pick<FilingRow, 'soFar' | 'tallies'> {
  /** What was read this time, each message in its place. */
  rows: MessageRow[]
  /** What was not read reaches to here. */
  toId: number
}

type Before = Omit<Filed, 'rows'> | undefined

/** The very same row where it stands there already, as nearly all do. */
function placed(row: MessageRow, placement: Placement | undefined): MessageRow {
  if (!placement) return row
  const { guessed, afterClosing, duplicate } = placement
  const dialogueId = duplicate || row.isDeleted ? NOWHERE : placement.dialogueId
  const isThere =
    row.dialogueId === dialogueId && row.guessed === guessed && row.afterClosing === afterClosing
  return isThere ? row : { ...row, dialogueId, guessed, afterClosing }
}

interface Stretch {
  rows: MessageRow[]
  complete: boolean
  moved: Moved
  me: number
}

async function fileOn(db: Store, stretch: Stretch, before: Before): Promise<Filed> {
  const { rows, complete, moved, me } = stretch
  const tallies: Tallies = before?.tallies ?? new Map()
  const { placements, soFar } = threads(rows, {
    ...{ complete, moved },
    ...(before ? { after: before.soFar } : {}),
  })
  const now = rows.map((row) => placed(row, placements.get(row.id)))
  await db.messages.bulkPut(now.filter((row, i) => row !== rows[i]))
  for (const row of now) {
    const { dialogueId } = row
    if (dialogueId !== NOWHERE) tallies.set(dialogueId, counted(tallies.get(dialogueId), row, me))
  }
  return { soFar, tallies, rows: now, toId: before?.toId ?? 0 }
}

/** Files the older ones of many and keeps how they are filed. */
async function fileOlder(
  db: Store,
  { accountId, key }: ConversationRow,
  stretch: Stretch,
  before: Before,
): Promise<Filed> {
  const rows = stretch.rows.slice(0, -LATEST)
  const filed = await fileOn(db, { ...stretch, rows }, before)
  const { soFar, tallies } = filed
  await db.filings.put({ accountId, key, toId: rows.at(-1)?.id ?? 0, soFar, tallies })
  return filed
}

function messagesAfter(db: Store, { accountId, key }: ConversationRow, toId: number): Promise<MessageRow[]> {
  return db.messages
    .where('[accountId+key+id]')
    .between([accountId, key, toId], [accountId, key, Dexie.maxKey], false)
    .toArray()
}

/** Puts the messages of a conversation into its dialogues. */
export async function file(db: Store, account: AccountRow, conversation: ConversationRow): Promise<Filed> {
  const { accountId, key, complete } = conversation
  const [moved, kept] = await Promise.all([movesIn(db, accountId, key), db.filings.get([accountId, key])])
  const before = moved.size > 0 ? undefined : kept
  const rows = await messagesAfter(db, conversation, before?.toId ?? 0)
  const stretch = { rows, complete, moved, me: account.userId }
  if (moved.size > 0 || rows.length <= MOST_AFTER) return fileOn(db, stretch, before)
  const older = await fileOlder(db, conversation, stretch, before)
  const newest = await fileOn(db, { ...stretch, rows: rows.slice(-LATEST) }, older)
  return { ...newest, rows: [...older.rows, ...newest.rows] }
}
