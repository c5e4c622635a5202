import { setTimeout as pause } from 'node:timers/promises'
import { ask } from '../e2e/switch-on.ts'
import { type Figure, figure } from './figures.ts'
import { heapAtRest, heapNow, withWorker } from './inspector.ts'
import type { LargeStage } from './large-stage.ts'
import type { Stage } from './stage.ts'

const MEGABYTE = 1024 * 1024
const EVERY_MS = 50

/** After everything that a person does was done once. */
export async function measureWeight(stage: LargeStage): Promise<Figure[]> {
  await ask(stage.own, 'dialogues', { scope: { kind: 'all' }, filter: 'all', limit: 40 })
  const heap = await withWorker(stage.person, heapAtRest)
  const { messages, usage } = await stage.inPage((bench) => bench.size())
  return [
    figure('the worker’s heap at rest', 'bytes', [heap], 12 * MEGABYTE),
    figure('database: a message with its place in the index', 'bytes', [usage / messages]),
  ]
}

export type PeakStage = Pick<Stage, 'person'>

/** The most that the worker’s scripts hold while `work` is under way, garbage that nobody collected yet included. */
export async function peakDuring(
  stage: PeakStage,
  work: () => Promise<number>,
): Promise<{ value: number; peak: number }> {
  return withWorker(stage.person, async (send) => {
    let [peak, isDone] = [0, false]
    const watching = (async () => {
      while (!isDone) {
        peak = Math.max(peak, await heapNow(send))
        await pause(EVERY_MS)
      }
    })()
    const value = await work().finally(() => {
      isDone = true
    })
    await watching
    return { value, peak }
  })
}

/** The most that they hold, after the collector has been through, each time that `sent` has grown by so many. */
export async function liveDuring(
  stage: PeakStage,
  { sent, every }: { sent: () => number; every: number },
  work: () => Promise<number>,
): Promise<number> {
  return withWorker(stage.person, async (send) => {
    let [live, next, isDone] = [0, every, false]
    const watching = (async () => {
      while (!isDone) {
        if (sent() >= next) {
          next = sent() + every
          live = Math.max(live, await heapAtRest(send))
        }
        await pause(EVERY_MS)
      }
    })()
    await work().finally(() => {
      isDone = true
    })
    await watching
    return Math.max(live, await heapAtRest(send))
  })
}

export const PEAK_BUDGET = 40 * MEGABYTE
