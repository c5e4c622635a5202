import { createMoodleClient, restTransport, sessionTransport, signIn } from '../../lib/moodle/index.ts'
import type { Simulator, Who } from '../moodle-simulator/index.ts'

/** A fetch that brings a person's cookie along, as their browser does. */
export const browserOf = (simulator: Simulator, who: Who) => {
  const { cookie, sesskey, userid } = simulator.login(who)
  const fetch: typeof globalThis.fetch = (input, init) => {
    const request = new Request(input, init)
    request.headers.set('cookie', cookie)
    return globalThis.fetch(request)
  }
  return { fetch, sesskey, userid }
}

export function overSessionOf(simulator: Simulator, who: Who) {
  const { fetch, sesskey } = browserOf(simulator, who)
  return createMoodleClient(sessionTransport({ wwwroot: simulator.wwwroot, sesskey, fetch }))
}

/** The options of a person's token. */
export async function tokenOf(simulator: Simulator, who: Who) {
  const { username, password } = simulator.user(who)
  const { wwwroot } = simulator
  const { wstoken } = await signIn.withPassword({ wwwroot, fetch, username, password })
  return { wwwroot, wstoken, fetch }
}

export const overTokenOf = async (simulator: Simulator, who: Who) =>
  createMoodleClient(restTransport(await tokenOf(simulator, who)))
