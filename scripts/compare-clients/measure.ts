import { performance } from 'node:perf_hooks'
import type { Stage } from './stage.ts'
import type { Task } from './task.ts'

export interface Measured {
  readonly lines: number
  readonly requests: number
  readonly ms: number
  readonly result: number | string
}

const TIMES = 7

/** Lines of what was written for the task, without its first and last. */
const linesOf = (task: Task): number =>
  task
    .toString()
    .split('\n')
    .filter((line) => line.trim() !== '').length - 2

export async function measure({ simulator, scene }: Stage, task: Task): Promise<Measured> {
  const took: number[] = []
  let result: number | string = ''
  let requests = 0
  for (let n = 0; n < TIMES; n++) {
    simulator.requests.clear()
    const began = performance.now()
    result = await task(scene).catch(
      (error: unknown) => `fails: ${error instanceof Error ? error.message : error}`,
    )
    took.push(performance.now() - began)
    requests = simulator.requests.all().length
  }
  const ms = took.toSorted((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0
  return { lines: linesOf(task), requests, ms: Math.round(ms * 10) / 10, result }
}
