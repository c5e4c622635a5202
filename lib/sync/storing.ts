import type { AccountRow } from '../store/rows.ts'
import { fileArrived, type Sent } from './file-arrived.ts'
import { type Clear, storeAnswers } from './send-chunk.ts'
import { screensFirst, type World } from './world.ts'

/** So many messages at once, or what came in so many milliseconds: a quick site is not kept waiting for the store. */
const TOGETHER = 100
const TOGETHER_MS = 250
/** No more wait to be filed, so that their words fill no memory however many people a rule has. */
const MOST_UNFILED = 1000

/**
 * Answers are stored while requests go on, those of several in one step. A worker that is stopped before has them as
 * `sending`, and the site is asked for them. Threads, lists and index follow when nothing
 * more is sent: they take far longer than the sending, and the next start does it where this one could not.
 */
export function createStoring(world: World, account: AccountRow) {
  let queue: Clear[] = []
  let arrived: Sent[] = []
  let running: Promise<void> | undefined
  let timeMs = world.nowMs()
  let problem: { error: unknown } | undefined

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue
      queue = []
      timeMs = world.nowMs()
      arrived.push(...(await storeAnswers(world, account, batch)))
    }
  }

  function isEnough(): boolean {
    const messages = queue.reduce((sum, { entries }) => sum + entries.length, 0)
    return messages >= TOGETHER || Math.abs(world.nowMs() - timeMs) >= TOGETHER_MS
  }

  function start(): void {
    // The next request leaves first.
    running ??= world
      .pause(0)
      .then(run)
      .catch((error: unknown) => {
        problem = { error }
      })
      .finally(() => {
        running = undefined
      })
  }

  async function stored(): Promise<void> {
    await run()
    while (running) await running
    if (problem) throw problem.error
  }

  return {
    stored,
    /** `soon`: little is left to send, and whoever looks on waits for it. */
    push(answer: Clear, soon: boolean): void {
      queue.push(answer)
      if (soon || isEnough()) start()
    },
    isFull: () => arrived.length >= MOST_UNFILED,
    /** When everything so far is stored and filed; throws what kept it from being. */
    async settled(): Promise<void> {
      await stored()
      const all = arrived
      arrived = []
      if (all.length > 0) await screensFirst(world)
      await fileArrived(world, account, all)
    },
  }
}

export type Storing = ReturnType<typeof createStoring>
