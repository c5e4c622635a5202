import type { AccountRow } from '../store/rows.ts'
import { type Clear, storeAnswers } from './send-chunk.ts'
import type { World } from './world.ts'

/**
 * Answers are stored one after the other while requests go on; those that came in meanwhile in one step. A worker that
 * is stopped before has them as `sending`, and the site is asked for them.
 */
export function createStoring(world: World, account: AccountRow) {
  let queue: Clear[] = []
  let running: Promise<void> | undefined
  let problem: { error: unknown } | undefined

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue
      queue = []
      await storeAnswers(world, account, batch)
    }
  }

  return {
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
    /** When everything so far is stored; throws what kept it from being. */
    async settled(): Promise<void> {
      while (running) await running
      if (problem) throw problem.error
    },
  }
}
