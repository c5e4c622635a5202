import type { AccountRow } from '../store/rows.ts'
import { type Clear, fileArrived, type Sent, storeAnswers } from './send-chunk.ts'
import type { World } from './world.ts'

/**
 * Answers are stored one after the other while requests go on; those that came in meanwhile in one step. A worker that
 * is stopped before has them as `sending`, and the site is asked for them. Threads, lists and index follow when nothing
 * more is sent: they take far longer than the sending, and the next start does it where this one could not.
 */
export function createStoring(world: World, account: AccountRow) {
  let queue: Clear[] = []
  let arrived: Sent[] = []
  let running: Promise<void> | undefined
  let problem: { error: unknown } | undefined

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue
      queue = []
      arrived.push(...(await storeAnswers(world, account, batch)))
    }
  }

  async function stored(): Promise<void> {
    while (running) await running
    if (problem) throw problem.error
  }

  return {
    stored,
    push(answer: Clear): void {
      queue.push(answer)
      running ??= run()
        .catch((error: unknown) => {
          problem = { error }
        })
        .finally(() => {
          running = undefined
        })
    },
    /** When everything so far is stored and filed; throws what kept it from being. */
    async settled(): Promise<void> {
      await stored()
      const all = arrived
      arrived = []
      await fileArrived(world, account, all)
    },
  }
}

export type Storing = ReturnType<typeof createStoring>
