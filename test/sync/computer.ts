import { accountIdOf, siteOf } from '../../lib/dialogue/dialogue.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import { newKey } from '../../lib/dialogue/key.ts'
import { createMoodleClient, restTransport } from '../../lib/moodle/index.ts'
import { openStore, type Store } from '../../lib/store/db.ts'
import { readList } from '../../lib/store/read-list.ts'
import { readThread } from '../../lib/store/read-thread.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { createEngine, type Engine } from '../../lib/sync/engine.ts'
import type { Connection, World } from '../../lib/sync/world.ts'
import { type Written, write } from '../../lib/sync/write.ts'
import type { Simulator } from '../moodle-simulator/index.ts'

/** What a computer needs of a site: the simulator, or a running Moodle. */
export interface Site {
  wwwroot: string
  clock: Pick<Simulator['clock'], 'now' | 'milliseconds'>
  user(username: string): { id: number; firstname: string; lastname: string }
  tokenOf(username: string): string
}

/** One person's computer: a store of its own, workers that come and go, and the simulator at the other end of the wire. */
export interface Computer {
  store: Store
  accountId: string
  world: World
  engine: Engine
  /** As after the browser stopped the worker: the same store, a new run. */
  restart(): Promise<Computer>
  account(): Promise<AccountRow>
  draft(text: string, change?: Partial<Draft>): Draft
  write(draft: Draft): Promise<Written>
  list(): ReturnType<typeof readList>
  thread(conversationKey: string, dialogueId?: string): ReturnType<typeof readThread>
}

const WORDS = {
  openTheConversation: 'Open the conversation',
  closed: (name: string) => `${name} closed this dialogue.`,
  reopened: (name: string) => `${name} reopened this dialogue.`,
}

/** As the browser's: one holder a name, whether it waited for its turn or not. */
function createLocks() {
  const tails = new Map<string, Promise<unknown>>()
  function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (tails.get(name) ?? Promise.resolve()).then(work, work)
    const free = () => tails.get(name) === tail && tails.delete(name)
    const tail: Promise<unknown> = turn.then(free, free)
    tails.set(name, tail)
    return turn
  }
  return {
    inTurn,
    exclusively: async <T>(name: string, work: () => Promise<T>): Promise<T | undefined> =>
      tails.has(name) ? undefined : inTurn(name, work),
  }
}

let stores = 0

interface Around {
  simulator: Site
  userId: number
  wstoken: string
  store: Store
}

function worldOf({ simulator, wstoken, store }: Around): World {
  const options = { wwwroot: simulator.wwwroot, fetch: (...args: Parameters<typeof fetch>) => fetch(...args) }
  const moodle = createMoodleClient(restTransport({ ...options, wstoken }))
  const connection: Connection = { moodle, way: moodle, lost: async () => undefined }
  return {
    store,
    connect: async () => connection,
    nowMs: () => simulator.clock.milliseconds(),
    serverTime: () => simulator.clock.now(),
    random: Math.random,
    holder: newKey(Math.random),
    ...createLocks(),
    changed: () => undefined,
    isOnline: () => true,
    pause: async () => undefined,
    retentionSeconds: async () => 180 * 86_400,
  }
}

async function computerWith(around: Around): Promise<Computer> {
  const { simulator, userId, store } = around
  const accountId = accountIdOf(siteOf(simulator.wwwroot), userId)
  const world = worldOf(around)
  const account = async () => {
    const row = await store.accounts.get(accountId)
    if (!row) throw new Error('the account is gone')
    return row
  }
  return {
    store,
    accountId,
    account,
    world,
    engine: createEngine(world),
    restart: () => computerWith(around),
    draft: (text, change = {}) => ({
      accountId,
      key: 'new/0/0',
      text,
      timeChanged: simulator.clock.now(),
      messageKey: newKey(Math.random),
      ...change,
    }),
    write: async (draft) => write(world, await account(), draft, 0, WORDS),
    list: async () => readList(store, { accounts: [await account()], scope: '*', filter: 'all', limit: 50 }),
    thread: async (conversationKey, dialogueId = 'general') =>
      readThread(store, {
        account: await account(),
        ref: { accountId, conversationKey, dialogueId },
        limit: 50,
        usual: [],
      }),
  }
}

export function computerOf(simulator: Site, username: string): Promise<Computer> {
  return computerIn(simulator, username, openStore(`test-${++stores}`))
}

/** A computer with a store of one's own making; an account that is there stays as it is. */
export async function computerIn(simulator: Site, username: string, store: Store): Promise<Computer> {
  const { id: userId, ...user } = simulator.user(username)
  const there = await store.accounts.get(accountIdOf(siteOf(simulator.wwwroot), userId))
  await store.accounts.put({
    id: accountIdOf(siteOf(simulator.wwwroot), userId),
    wwwroot: simulator.wwwroot,
    formerWwwroots: [],
    siteName: 'Seed University',
    userId,
    fullName: `${user.firstname} ${user.lastname}`,
    onlyMe: true,
    timeSwitchedOn: 0,
    locked: false,
    ...there,
  })
  return computerWith({ simulator, userId, wstoken: simulator.tokenOf(username), store })
}
