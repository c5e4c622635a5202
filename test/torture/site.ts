import { createAdmin } from '../moodle-simulator/admin.ts'
import { createFaults } from '../moodle-simulator/faults.ts'
import { createFiles } from '../moodle-simulator/files.ts'
import { createRequestLog } from '../moodle-simulator/request-log.ts'
import { createSchool } from '../moodle-simulator/school.ts'
import { createServer } from '../moodle-simulator/server.ts'
import { createSessions } from '../moodle-simulator/sessions.ts'
import { createState } from '../moodle-simulator/state.ts'
import { createClock } from '../moodle-simulator/time.ts'
import { createTokens } from '../moodle-simulator/tokens.ts'
import { type Conversation, GROUP } from '../moodle-simulator/types.ts'

export const WWWROOT = 'http://moodle.example'
const START_MS = 1_790_000_000_000

export type Site = ReturnType<typeof openSite>

/** The simulator without a socket, its clock standing until somebody moves it. */
export function openSite(students = 3) {
  const clock = createClock(() => START_MS)
  const state = createState(clock)
  createSchool(state, { students })
  state.wwwroot = WWWROOT
  state.settings.tiesAnyhow = true
  const parts = { sessions: createSessions(state), tokens: createTokens(state) }
  const world = {
    state,
    ...parts,
    faults: createFaults(),
    files: createFiles(),
    requests: createRequestLog(),
  }
  const app = createServer(world)
  const group = [...state.conversations.values()].find(({ type }) => type === GROUP) as Conversation
  return {
    ...createAdmin(world),
    state,
    clock,
    groupKey: `g${group.id}`,
    answer: async (request: Request): Promise<Response> => app.fetch(request),
    /** Everything that anybody wrote, in the order in which it was stored. */
    messages: () => [...state.messages.values()],
  }
}
