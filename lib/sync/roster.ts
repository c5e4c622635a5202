import type { Roster } from '../dialogue/roster.ts'
import { putRoster, rosterHeld } from '../store/roster.ts'
import type { AccountRow } from '../store/rows.ts'
import { rosterBySession } from './roster-session.ts'
import { rosterByToken } from './roster-token.ts'
import type { Connection, World } from './world.ts'

export interface RosterAsk {
  courseId: number
  /** An activity of the course, where one is known: saves a request. */
  cmid?: number
  /** In seconds: an older reading is no good. An hour unless said otherwise. */
  maxAge?: number
}

const HOUR = 3600

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
    const roster = { ...(await read(connection, account, ask)), timeRead: now }
    await putRoster(world.store, account.id, roster)
    world.changed(account.id, ['people'])
    return roster
  })
}

function read({ way }: Connection, account: AccountRow, ask: RosterAsk): Promise<Omit<Roster, 'timeRead'>> {
  return way.kind === 'session' ? rosterBySession(way, account, ask) : rosterByToken(way, account, ask)
}

/** Whether a screen may show it and have it read anew behind its back. */
export function isFresh({ timeRead }: Roster, now: number): boolean {
  return now - timeRead < HOUR
}
