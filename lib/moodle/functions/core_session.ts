import { defineFunction } from '../define.ts'
import { bool, int, params, row } from './shapes.ts'

const read = { type: 'read', ajax: true, mobile: false } as const

export const core_session = {
  /** Also the way to learn whose session it is. */
  core_session_time_remaining: defineFunction({
    ...read,
    params: () => params({}),
    returns: () => row({ userid: int, timeremaining: int }),
  }),
  /** Prolongs the session: only when the person asks for it. */
  core_session_touch: defineFunction({ ...read, params: () => params({}), returns: () => bool }),
}
