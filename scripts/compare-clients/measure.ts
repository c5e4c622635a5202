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

/** Ten messages that nobody has read: Moodle refuses to mark one twice. */
function unread({ simulator }: Stage): number[] {
  const say = (_: unknown, n: number) =>
    simulator.say({ from: 'student9', to: 'teacher1', text: `Unread ${n}` }).id
  return Array.from({ length: 10 }, say)
}

export async function measure(stage: Stage, task: Task): Promise<Measured> {
  const { simulator } = stage
  const took: number[] = []
  let result: number | string = ''
  let requests = 0
  for (let n = 0; n < TIMES; n++) {
    const scene = { ...stage.scene, messageids: unread(stage) }
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
