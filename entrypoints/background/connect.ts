import { siteOf } from '../../lib/dialogue/dialogue.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { isAllowedSite, readPolicy } from '../../lib/extension/policy.ts'
import {
  createMoodleClient,
  restTransport,
  sessionTransport,
  type Transport,
  type TransportKind,
  type TransportOptions,
  watched,
} from '../../lib/moodle/index.ts'
import type { Store } from '../../lib/store/db.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { forgetToken, tokenOf } from '../../lib/store/tokens.ts'
import { createSiteClock } from '../../lib/sync/site-clock.ts'
import type { Connection } from '../../lib/sync/world.ts'
import { leave } from './leaving.ts'
import { log } from './log.ts'
import { endSession, type Session, sessionOf, takeLoggingOut } from './sessions.ts'

export const siteClock = createSiteClock(Date.now, () => performance.now())

export function transportOptions(wwwroot: string): TransportOptions {
  return {
    wwwroot,
    fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
    isOnline: () => navigator.onLine,
    onServerTime: (time) => siteClock.observe(wwwroot, time),
  }
}

/** Clients remember what a site refused, so one is kept for each secret as long as the worker lives. */
const clients = new Map<string, { secret: string; connection: Connection }>()

function kept(
  account: AccountRow,
  kind: 'session' | 'token',
  secret: string,
  make: () => Connection,
): Connection {
  const there = clients.get(account.id + kind)
  if (there?.secret === secret) return there.connection
  const connection = make()
  clients.set(account.id + kind, { secret, connection })
  return connection
}

/** A client whose requests are noted down. */
function noted<K extends TransportKind>({ id }: AccountRow, transport: Transport<K>) {
  return createMoodleClient(watched(transport, (facts) => log.note(id, { kind: 'request', ...facts })))
}

function overSession(db: Store, account: AccountRow, session: Session): Connection {
  const options = { ...transportOptions(account.wwwroot), sesskey: session.sesskey }
  const lost = async () => {
    const now = await sessionOf(session.site)
    if (now?.sesskey !== session.sesskey) return
    await endSession(session.site)
    if (await takeLoggingOut(session.site)) await leave(db, account)
  }
  const moodle = noted(account, sessionTransport(options))
  return { moodle, way: moodle, lost }
}

function overToken(db: Store, account: AccountRow, wstoken: string): Connection {
  const moodle = noted(account, restTransport({ ...transportOptions(account.wwwroot), wstoken }))
  return { moodle, way: moodle, lost: () => forgetToken(db, account.id) }
}

/** Why the session in this browser is none of this account's. */
function troubleOf(account: AccountRow, session: Session | undefined): Trouble {
  const link = `${account.wwwroot}/login/index.php`
  if (!session || session.state === 'ended') return { kind: 'signed-out', mender: 'person', link }
  if (session.state !== 'open') return { kind: session.state, mender: 'person' }
  return { kind: 'other-user', mender: 'person', link }
}

/** For what a session does not reach. Whether anything may leave at all, `connect` has said before. */
export async function connectByToken(db: Store, account: AccountRow): Promise<Connection | Trouble> {
  const wstoken = await tokenOf(db, account.id)
  if (!wstoken) return { kind: 'token-refused', mender: 'person' }
  return kept(account, 'token', wstoken, () => overToken(db, account, wstoken))
}

/** Somebody looks through another's eyes: nothing is read or sent, not even over a token. */
const STRANGE = new Set<Session['state']>(['logged-in-as', 'switched-role', 'guest'])

/** An account leaves over its own session, else over its own token, else not at all. */
export async function connect(db: Store, account: AccountRow): Promise<Connection | Trouble> {
  if (!isAllowedSite(await readPolicy(), account.wwwroot))
    return { kind: 'site-not-allowed', mender: 'admin' }
  if (!navigator.onLine) return { kind: 'offline', mender: 'wait' }
  const session = await sessionOf(siteOf(account.wwwroot))
  if (session?.state === 'open' && session.userId === account.userId)
    return kept(account, 'session', session.sesskey, () => overSession(db, account, session))
  if (session && STRANGE.has(session.state)) return troubleOf(account, session)
  const wstoken = await tokenOf(db, account.id)
  if (wstoken) return kept(account, 'token', wstoken, () => overToken(db, account, wstoken))
  return troubleOf(account, session)
}
