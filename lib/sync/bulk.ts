import { nextToSend, type OutboxEntry } from '../dialogue/outbox.ts'
import { quietUntilMs } from '../dialogue/quiet-hours.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { entriesOf, entriesOfRule } from '../store/outbox.ts'
import type { AccountRow } from '../store/rows.ts'
import { ruleOf } from '../store/rules.ts'
import {
  chunkOf,
  giveBack,
  isUnclear,
  type Outcome,
  paceOf,
  request,
  storeOutcome,
  take,
  withoutArrived,
} from './send-chunk.ts'
import { settleRules } from './settle.ts'
import { concernsAccount } from './trouble.ts'
import type { Connection, World } from './world.ts'

type Chunk = OutboxEntry[]

/**
 * A rule's messages, a chunk at a time. While one request is on its way, what the one before it brought is stored and
 * the next one is taken: a site is never kept waiting by this computer.
 */
export function createBulk(world: World, connection: Connection, account: AccountRow) {
  const stale = new Set<string | undefined>()

  /** Not before its rule has read the course anew. */
  const waits = ({ ruleId }: OutboxEntry): boolean => ruleId !== undefined && stale.has(ruleId)

  /** The next chunk, unless something that a person wrote by hand comes first. */
  async function taken(): Promise<Chunk> {
    for (;;) {
      const due = nextToSend(await entriesOf(world.store, account.id), world.nowMs())
      const able = due.filter((entry) => !waits(entry))
      if (quietUntilMs(account.quietHours, world.nowMs()) !== undefined) return []
      if (able.some(({ ruleId }) => ruleId === undefined)) return []
      const chunk = chunkOf(able, await paceOf(world, account))
      const ruleId = chunk[0]?.ruleId
      if (ruleId === undefined) return []
      const { entries, isStale } = await take(
        world,
        account,
        await withoutArrived(world, account, chunk),
        ruleId,
      )
      if (isStale) stale.add(ruleId)
      if (entries.length > 0) return entries
    }
  }

  async function stored(chunk: Chunk, outcome: Outcome): Promise<Trouble | undefined> {
    const trouble = await storeOutcome(world, account, chunk, outcome)
    const ruleId = chunk[0]?.ruleId
    if (isUnclear(outcome, chunk) && ruleId !== undefined)
      await settleRules(world, connection, account, await entriesOfRule(world.store, account.id, ruleId))
    return trouble
  }

  /** It was taken a moment ago, and the person may have thought better of it since. */
  async function stillSends([first]: Chunk): Promise<boolean> {
    return (await ruleOf(world.store, account.id, first?.ruleId ?? ''))?.state === 'active'
  }

  /** Until nothing is due, or something else comes first. Trouble that concerns the account ends it. */
  async function send(): Promise<Trouble | undefined> {
    let storing: Promise<unknown> = Promise.resolve()
    let chunk = await taken()
    while (chunk.length > 0 && (await stillSends(chunk))) {
      const answer = request(world, connection, chunk)
      const following = storing.then(taken)
      // A full disk is heard of when both are there.
      const [outcome, next] = await Promise.all([answer, following.catch((error: unknown) => ({ error }))])
      if ('error' in next) {
        await stored(chunk, outcome)
        throw next.error
      }
      if ('error' in outcome) {
        const trouble = await stored(chunk, outcome)
        if (trouble && concernsAccount(trouble)) {
          await giveBack(world, account, next, trouble)
          return trouble
        }
        storing = Promise.resolve()
      } else storing = stored(chunk, outcome)
      storing.catch(() => undefined)
      chunk = next
    }
    await storing
    if (chunk.length > 0) await giveBack(world, account, chunk, NOT_NOW)
    return undefined
  }

  return { waits, send }
}

const NOT_NOW: Trouble = { kind: 'unreachable', mender: 'wait' }
