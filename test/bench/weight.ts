import { setTimeout as pause } from 'node:timers/promises'
import { ask } from '../e2e/switch-on.ts'
import { type Figure, figure } from './figures.ts'
import { heapAtRest, heapNow, withWorker } from './inspector.ts'
import type { LargeStage } from './large-stage.ts'
import type { Stage } from './stage.ts'

const MEGABYTE = 1024 * 1024
const EVERY_MS = 50
const WEIGHED_EVERY_MS = 250

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
export async function peakDuring<T>(
  stage: PeakStage,
  work: () => Promise<T>,
): Promise<{ value: T; peak: number }> {
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

/** What they hold meanwhile, from when it `hasBegun`, each time after the collector has been through. */
export async function liveDuring(
  stage: PeakStage,
  hasBegun: () => boolean,
  work: () => Promise<unknown>,
): Promise<number[]> {
  return withWorker(stage.person, async (send) => {
    const live: number[] = []
    let isDone = false
    const watching = (async () => {
      while (!isDone) {
        if (hasBegun()) live.push(await heapAtRest(send))
        await pause(WEIGHED_EVERY_MS)
      }
    })()
    await work().finally(() => {
      isDone = true
    })
    await watching
    return live
  })
}

export const PEAK_BUDGET = 40 * MEGABYTE
