import { randomBytes } from 'node:crypto'
import type { State } from './state.ts'

export const MOBILE_SERVICE = 'moodle_mobile_app'
export type Token = { token: string; userid: number; validuntil: number }
export type Tokens = ReturnType<typeof createTokens>

const TWELVE_WEEKS = 12 * 7 * 24 * 3600

/** One token for a person and a service: every way of asking hands out the same one. */
export function createTokens(state: State) {
  const held = new Map<string, Token>()
  const of = (userid: number) => [...held.values()].find((row) => row.userid === userid)

  function issue(userid: number): string {
    const now = state.clock.now()
    const row = of(userid)
    if (row && row.validuntil > now) {
      row.validuntil = now + TWELVE_WEEKS
      return row.token
    }
    if (row) held.delete(row.token)
    const token = randomBytes(16).toString('hex')
    held.set(token, { token, userid, validuntil: now + TWELVE_WEEKS })
    return token
  }

  return {
    issue,
    of,
    find: (token: string) => held.get(token),
    reset: (userid: number) => {
      const row = of(userid)
      if (row) held.delete(row.token)
    },
  }
}
