import type { Roster } from '../../lib/dialogue/roster.ts'
import { createMoodleClient, restTransport, sessionTransport } from '../../lib/moodle/index.ts'
import { type RosterAsk, rosterOf } from '../../lib/sync/roster.ts'
import type { Connection } from '../../lib/sync/world.ts'
import type { Simulator } from '../moodle-simulator/index.ts'
import { computerOf } from './computer.ts'

export type Kind = 'session' | 'rest'

export function over(simulator: Simulator, kind: Kind, username: string): Connection {
  const { wwwroot } = simulator
  const { cookie, sesskey } = simulator.login(username)
  const withCookie: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('cookie', cookie)
    return fetch(input, { ...init, headers })
  }
  const lost = async () => undefined
  if (kind === 'rest') {
    const moodle = createMoodleClient(restTransport({ wwwroot, wstoken: simulator.tokenOf(username), fetch }))
    return { moodle, way: moodle, lost }
  }
  const moodle = createMoodleClient(sessionTransport({ wwwroot, sesskey, fetch: withCookie }))
  return { moodle, way: moodle, lost }
}

/** Reads a roster as that person; with the ways to read it again. */
export async function readerOf(simulator: Simulator, kind: Kind, username: string) {
  const computer = await computerOf(simulator, username)
  const account = await computer.account()
  const connection = over(simulator, kind, username)
  const read = (ask: Partial<RosterAsk> = {}): Promise<Roster> =>
    rosterOf(computer.world, connection, account, { courseId: 2, ...ask })
  return { read, connection, computer }
}
