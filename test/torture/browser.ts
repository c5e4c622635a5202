import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import { accountIdOf, siteOf } from '../../lib/dialogue/dialogue.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { createMoodleClient, restTransport, sessionTransport } from '../../lib/moodle/index.ts'
import { openStore, type Store } from '../../lib/store/db.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { createEngine, type Engine } from '../../lib/sync/engine.ts'
import { createSiteClock } from '../../lib/sync/site-clock.ts'
import type { Connection, World } from '../../lib/sync/world.ts'
import type { SignedIn } from '../moodle-simulator/admin.ts'
import { createLife, type Life } from './life.ts'
import { createLocks } from './locks.ts'
import { type Disk, mortalStore } from './mortal-store.ts'
import { type Site, WWWROOT } from './site.ts'
import { createWire } from './wire.ts'

export interface Worker {
  life: Life
  world: World
  engine: Engine
}

/** Both have accounts in this browser. */
export const OWNERS = [3, 5] as const
export type Owner = (typeof OWNERS)[number]
export const accountOf = (owner: number): AccountId => accountIdOf(siteOf(WWWROOT), owner)

const DAY_MS = 86_400_000

/** The same sequence draws the same numbers. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

function accountRow(owner: number): AccountRow {
  return {
    id: accountOf(owner),
    wwwroot: WWWROOT,
    formerWwwroots: [],
    siteName: 'Seed University',
    userId: owner,
    fullName: `Person ${owner}`,
    onlyMe: true,
    timeSwitchedOn: 0,
    locked: false,
  }
}

let profiles = 0

/** One browser profile with its disk, its cookie and its clock; workers come and go. */
export async function openBrowser(site: Site, options: { withTokens: boolean; owners?: readonly number[] }) {
  const owners = options.owners ?? OWNERS
  const disk: Disk = { name: `torture-${++profiles}`, writesUntilFull: 0, timesFull: 0 }
  const eyes: Store = openStore(disk.name)
  await eyes.accounts.bulkPut(owners.map(accountRow))
  const locks = createLocks()
  const wire = createWire(site)
  const random = createRandom(options.owners ? (owners[0] ?? 1) : 1)
  const tokens = new Map<AccountId, string>()
  if (options.withTokens) for (const owner of owners) tokens.set(accountOf(owner), site.tokenOf(owner))
  /** Who the browser is logged in as, and what the last page told the worker of it. */
  let jar: SignedIn | undefined
  let known: SignedIn | undefined
  let daysWrong = 0
  let lives: Worker[] = []

  const nowMs = () => site.clock.milliseconds() + daysWrong * DAY_MS

  function connector(life: Life, onServerTime: (time: number) => void) {
    const clients = new Map<string, Connection>()
    const options = { wwwroot: WWWROOT, fetch: wire.fetchOf(life, () => jar?.cookie), onServerTime }
    function kept(secret: string, make: () => Connection): Connection {
      const connection = clients.get(secret) ?? make()
      clients.set(secret, connection)
      return connection
    }
    function overSession({ sesskey }: SignedIn): Connection {
      const lost = async () => {
        if (known?.sesskey === sesskey) known = undefined
      }
      const moodle = createMoodleClient(sessionTransport({ ...options, sesskey }))
      return { moodle, way: moodle, lost }
    }
    function overToken(wstoken: string): Connection {
      const moodle = createMoodleClient(restTransport({ ...options, wstoken }))
      return { moodle, way: moodle, lost: async () => undefined }
    }
    return async (account: AccountRow): Promise<Connection | Trouble> => {
      const session = known
      if (session?.userid === account.userId) return kept(session.sesskey, () => overSession(session))
      const wstoken = tokens.get(account.id)
      if (wstoken) return kept(wstoken, () => overToken(wstoken))
      return { kind: session ? 'other-user' : 'signed-out', mender: 'person' }
    }
  }

  function start(awaits?: number): Worker {
    const life = createLife(awaits)
    const clock = createSiteClock(nowMs, site.clock.milliseconds)
    const connect = connector(life, (time) => clock.observe(WWWROOT, time))
    const world: World = {
      store: mortalStore(disk, life),
      connect: (account) => life.step(() => connect(account)),
      nowMs,
      serverTime: clock.serverTime,
      clockOffset: () => clock.offset(WWWROOT),
      random,
      holder: `worker ${random()}`,
      exclusively: (name, work) => life.step(() => locks.ifFree(name, life, work)),
      inTurn: (name, work) => life.step(() => locks.inTurn(name, life, work)),
      changed: () => undefined,
      isOnline: () => true,
      pause: async () => undefined,
      retentionSeconds: async () => 180 * 86_400,
    }
    const worker = { life, world, engine: createEngine(world) }
    lives.push(worker)
    return worker
  }

  return {
    eyes,
    disk,
    wire,
    random,
    start,
    /** The worker that lives, else a new one. */
    worker: () => lives.find(({ life }) => !life.isDead) ?? start(),
    kill(): void {
      for (const { life, world } of lives) {
        life.end()
        world.store.close()
      }
      lives = []
    },
    logIn(userid: number | undefined, pageIsSeen: boolean): void {
      jar = userid === undefined ? undefined : site.login(userid)
      if (pageIsSeen) known = jar
    },
    jump(days: number): void {
      daysWrong = days
    },
    async close(): Promise<void> {
      for (const { life, world } of lives) {
        life.end()
        world.store.close()
      }
      await eyes.delete()
    },
  }
}

export type Browser = Awaited<ReturnType<typeof openBrowser>>
