import {
  createMoodleClient,
  type MoodleClient,
  type Reach,
  restTransport,
  sessionTransport,
  signIn,
} from '../../lib/moodle/index.ts'
import { type Browser, createBrowser } from '../../scripts/check-site/browser.ts'
import { logInWith } from '../../scripts/check-site/log-in.ts'
import type { Account, Site, Who } from './site.ts'

/** Somebody who is logged in with a browser and has a token as well. */
export interface Person {
  readonly userid: number
  readonly over: Readonly<Record<Reach, MoodleClient>>
  readonly browser: Browser
  readonly sesskey: string
  readonly wstoken: string
  /** The server's clock at its last answer. */
  readonly timeServer: () => number
}

export type People = Readonly<Record<Who, Person>>

export async function signInEverybody(site: Site): Promise<People> {
  const { teacher, student1, student2 } = site.accounts
  return {
    teacher: await signInPerson(site, teacher),
    student1: await signInPerson(site, student1),
    student2: await signInPerson(site, student2),
  }
}

export async function signInPerson({ wwwroot }: Site, account: Account): Promise<Person> {
  let timeServer = 0
  const onServerTime = (time: number) => {
    timeServer = time
  }
  const browser = createBrowser()
  const { sesskey, userid } = await logIn(browser, wwwroot, account)
  const { wstoken } = await signIn.withPassword({ wwwroot, fetch, ...account })
  return {
    userid,
    browser,
    sesskey,
    wstoken,
    timeServer: () => timeServer,
    over: {
      session: createMoodleClient(sessionTransport({ wwwroot, sesskey, fetch: browser.fetch, onServerTime })),
      rest: createMoodleClient(restTransport({ wwwroot, wstoken, fetch, onServerTime })),
    },
  }
}

async function logIn(browser: Browser, wwwroot: string, account: Account) {
  const page = await logInWith(browser, wwwroot, account)
  if (page?.userId === undefined) throw new Error(`${account.username} could not log in`)
  return { sesskey: page.sesskey, userid: page.userId }
}
