import type { Faults } from './faults.ts'
import type { Files } from './files.ts'
import type { RequestLog } from './request-log.ts'
import type { Sessions } from './sessions.ts'
import type { State } from './state.ts'
import type { Tokens } from './tokens.ts'

/** Everything that a running simulator holds. */
export type World = {
  state: State
  sessions: Sessions
  tokens: Tokens
  faults: Faults
  files: Files
  requests: RequestLog
}
