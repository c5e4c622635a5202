import type { OutboxEntry } from '../dialogue/outbox.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { entriesOfRule } from '../store/outbox.ts'
import type { AccountRow } from '../store/rows.ts'
import { chunkOf, finishChunk, paceOf, sendChunk } from './send-chunk.ts'
import { settleRules } from './settle.ts'
import type { Connection, World } from './world.ts'

/** The chunks of one run: what arrived is put into its threads while the next chunk is on its way. */
export function createBulk(world: World, connection: Connection, account: AccountRow) {
  let finishing: Promise<unknown> = Promise.resolve()
  const stale = new Set<string | undefined>()
  let problem: { error: unknown } | undefined

  /** A full disk is for the caller to hear of. */
  async function finished(): Promise<void> {
    await finishing
    if (problem) throw problem.error
  }

  return {
    /** Not before its rule has read the course anew. */
    waits: ({ ruleId }: OutboxEntry): boolean => ruleId !== undefined && stale.has(ruleId),
    /** Sends one chunk of those that are due. */
    async send(due: readonly OutboxEntry[]): Promise<Trouble | undefined> {
      const chunk = chunkOf(due, await paceOf(world, account))
      const { trouble, isUnclear, isStale, arrived } = await sendChunk(world, connection, account, chunk)
      await finished()
      finishing = finishChunk(world, account, arrived).catch((error: unknown) => {
        problem = { error }
      })
      const ruleId = chunk[0]?.ruleId
      if (isStale) stale.add(ruleId)
      if (isUnclear && ruleId !== undefined)
        await settleRules(world, connection, account, await entriesOfRule(world.store, account.id, ruleId))
      return trouble
    },
    async end(): Promise<undefined> {
      await finished()
      return undefined
    },
  }
}
