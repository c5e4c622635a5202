import { randomBytes } from 'node:crypto'
import type { State } from './state.ts'
import type { User } from './types.ts'

export type Session = {
  sid: string
  userid: number
  sesskey: string
  logintoken: string
  timecreated: number
  /** Moved by every request but those with nosessionupdate: a session ends this long after it. */
  lastaccess: number
  /** The administrator behind a "logged in as" session. */
  realuserid: number | null
  guest: boolean
  /** A role switched to, by course. */
  switchedRole: { courseid: number; role: 'student' } | null
  /** Chosen with ?lang=, ?theme= and ?look=, kept for the session. */
  lang: string
  theme: 'light' | 'dark'
  look: 'boost' | 'classic'
  wantsurl: string
}

export type Sessions = ReturnType<typeof createSessions>

const random = (bytes: number): string => randomBytes(bytes).toString('hex')
export const newSesskey = (): string => randomBytes(8).toString('base64url').slice(0, 10)

/** none → anonymous → logged in → (timed out | logged out) → none */
export function createSessions(state: State) {
  const held = new Map<string, Session>()
  const alive = (session: Session) => state.clock.now() - session.lastaccess <= state.settings.sessiontimeout

  function start(userid = 0): Session {
    const now = state.clock.now()
    const session: Session = {
      sid: random(13),
      userid,
      sesskey: newSesskey(),
      logintoken: random(16),
      timecreated: now,
      lastaccess: now,
      realuserid: null,
      guest: false,
      switchedRole: null,
      lang: '',
      theme: 'light',
      look: 'boost',
      wantsurl: '',
    }
    held.set(session.sid, session)
    return session
  }

  function find(sid: string | undefined): Session | undefined {
    const session = sid === undefined ? undefined : held.get(sid)
    if (!session || alive(session)) return session
    held.delete(session.sid)
    return undefined
  }

  return {
    held,
    start,
    find,
    end: (sid: string) => held.delete(sid),
    touch: (session: Session) => {
      session.lastaccess = state.clock.now()
    },
    of: (userid: number) => [...held.values()].filter((session) => session.userid === userid),
    userOf: (session: Session | undefined): User | undefined => state.users.get(session?.userid ?? 0),
    timeRemaining: (session: Session) =>
      session.lastaccess + state.settings.sessiontimeout - state.clock.now(),
  }
}
