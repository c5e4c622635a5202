import { inOrder } from '../dialogue/find-people.ts'
import type { Roster } from '../dialogue/roster.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { isSignedOut } from '../moodle/index.ts'
import { forgetLate } from '../store/accounts.ts'
import { noteCompared, putRoster, rosterHeld } from '../store/roster.ts'
import type { AccountRow } from '../store/rows.ts'
import { enrolledBySession, rosterBySession } from './roster-session.ts'
import { enrolledByToken, rosterByToken } from './roster-token.ts'
import { troubleOf } from './trouble.ts'
import { type Connection, isTrouble, type World } from './world.ts'

export interface RosterAsk {
  courseId: number
  /** An activity of the course, where one is known: saves a request. */
  cmid?: number
  /** In seconds: an older reading is no good. An hour unless said otherwise. */
  maxAge?: number
  /** An older reading will do while the same people are enrolled. */
  ifSame?: boolean
}

const HOUR = 3600
/** Who has another role shows in no list of ids: so long nobody notices. */
export const READ_ANYHOW = 4 * HOUR

/*
 * fresh ──► old      an hour went by, or less where more is asked for
 * old ────► fresh    read anew
 * old ────► compared the same people as when it was read, and whoever asks has nobody to write to or to drop
 * compared ► old     an hour after that; somebody came or went; or it was read four hours ago
 */

/**
 * The people of a course: as they were last read, or read anew where that is too long ago. A handful of requests
 * whatever the number of people; asked for twice at once, it is read once. Throws what kept it from being read.
 */
export function rosterOf(
  world: World,
  connection: Connection,
  account: AccountRow,
  ask: RosterAsk,
): Promise<Roster> {
  return world.inTurn(`roster:${account.id}:${ask.courseId}`, async () => {
    const held = await rosterHeld(world.store, account.id, ask.courseId)
    const now = world.serverTime(account)
    if (held && now - held.timeRead < (ask.maxAge ?? HOUR)) return held
    const same = held && ask.ifSame && (await compared(world, connection, account, held))
    if (same) return same
    const read = await readRoster(connection, account, ask)
    const roster = { ...read, people: inOrder(read.people), timeRead: now }
    await putRoster(world.store, account.id, roster)
    world.changed(account.id, ['people'])
    return roster
  })
}

function enrolledNow({ way }: Connection, { courseId, cmid }: Roster): Promise<string> {
  return way.kind === 'session' ? enrolledBySession(way, courseId, cmid) : enrolledByToken(way, courseId)
}

/** As it was read, where the same people are enrolled still: one small question, at most once an hour. */
async function compared(
  world: World,
  connection: Connection,
  account: AccountRow,
  held: Roster,
): Promise<Roster | undefined> {
  const now = world.serverTime(account)
  const { courseId, timeRead, timeCompared = 0, enrolled } = held
  if (enrolled === undefined || now - timeRead >= READ_ANYHOW) return undefined
  if (now - timeCompared < HOUR) return held
  if ((await enrolledNow(connection, held).catch(() => undefined)) !== enrolled) return undefined
  await noteCompared(world.store, account.id, courseId, now)
  return { ...held, timeCompared: now }
}

type Read = Omit<Roster, 'timeRead'>

function readRoster({ way }: Connection, account: AccountRow, ask: RosterAsk): Promise<Read> {
  return way.kind === 'session' ? rosterBySession(way, account, ask) : rosterByToken(way, account, ask)
}

/** Has it read anew for a screen, where that is due; what keeps it from being read is this course's trouble alone. */
export async function refreshRoster(
  world: World,
  account: AccountRow,
  ask: RosterAsk,
): Promise<Trouble | undefined> {
  const connection = await world.connect(account)
  if (isTrouble(connection)) return connection
  try {
    await rosterOf(world, connection, account, ask)
    return undefined
  } catch (error) {
    if (isSignedOut(error)) await connection.lost()
    return troubleOf(error)
  } finally {
    await forgetLate(world.store, account).catch(() => undefined)
  }
}

export function isDue({ timeRead }: Roster, now: number): boolean {
  return now - timeRead >= HOUR
}
