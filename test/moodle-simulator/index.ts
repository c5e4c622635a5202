import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { type Admin, createAdmin } from './admin.ts'
import { type AutoAnswer, autoAnswer } from './auto-answer.ts'
import { createFaults, type Faults } from './faults.ts'
import { createFiles, type Files } from './files.ts'
import { createRequestLog, type RequestLog } from './request-log.ts'
import type { Env } from './routes/env.ts'
import { createSchool, type SchoolOptions } from './school.ts'
import { createServer } from './server.ts'
import { createSessions } from './sessions.ts'
import { createState, type State } from './state.ts'
import { type Clock, createClock } from './time.ts'
import { createTokens } from './tokens.ts'

export type { SignedIn, Who } from './admin.ts'
export type { Fault, FaultKind } from './faults.ts'
export type { RequestEntry, RequestLog } from './request-log.ts'
export type { SchoolOptions } from './school.ts'
export type { Clock } from './time.ts'
export type { Conversation, Message, User } from './types.ts'

export type SimulatorOptions = SchoolOptions & {
  /** A free one where none is said. */
  port?: number
  clock?: Clock
  /** Another name of this machine, so that two sites do not share a cookie: `localhost`. */
  host?: '127.0.0.1' | 'localhost'
  /** For a Moodle below its host's root: `/moodle`. */
  path?: `/${string}`
}

export type Simulator = Admin & {
  wwwroot: string
  port: number
  /** The tables themselves: for a test that must see what was stored. */
  school: State
  faults: Faults
  files: Files
  clock: Clock
  requests: RequestLog
  /** Simulated students answer what teachers send them; answers with a function that stops it. */
  autoAnswer: (options: AutoAnswer) => () => void
  close: () => Promise<void>
}

const listening = (server: ServerType): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('listening', () => resolve((server.address() as AddressInfo).port))
  })

function mounted(app: Hono<Env>, path: string | undefined): Hono<Env> {
  if (path === undefined) return app
  return new Hono<Env>().mount(path, (request, env) => app.fetch(request, env))
}

const closed = (server: ServerType): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) server.closeAllConnections()
  })

/** A Moodle of one's own on 127.0.0.1, with its school, its clock and its faults in the test's hands. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = options.clock ?? createClock()
  const state = createState(clock)
  createSchool(state, options)
  const faults = createFaults()
  const requests = createRequestLog()
  const files = createFiles()
  const world = {
    state,
    files,
    sessions: createSessions(state),
    tokens: createTokens(state),
    faults,
    requests,
  }
  const app = mounted(createServer(world), options.path)
  const server = serve({ fetch: app.fetch, port: options.port ?? 0, hostname: '127.0.0.1' })
  const port = await listening(server)
  state.wwwroot = `http://${options.host ?? '127.0.0.1'}:${port}${options.path ?? ''}`
  const stops = new Set<() => void>()
  return {
    ...createAdmin(world),
    wwwroot: state.wwwroot,
    port,
    school: state,
    faults,
    files,
    clock,
    requests,
    autoAnswer: (answer) => {
      const stop = autoAnswer(state, answer)
      stops.add(stop)
      return stop
    },
    close: async () => {
      for (const stop of stops) stop()
      await closed(server)
    },
  }
}
