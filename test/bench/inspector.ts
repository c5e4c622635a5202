import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Person } from '../e2e/browser.ts'

/** Lets the browser be inspected from outside, where its worker can be reached. */
export const INSPECTABLE = ['--remote-debugging-port=0']

type Answer = Record<string, unknown>
export type Send = <T = Answer>(method: string, params?: object) => Promise<T>

async function addressOf({ profile }: Person): Promise<string> {
  const [port, path] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n')
  return `ws://127.0.0.1:${port}${path}`
}

/** One line to the browser, over which each part of it is spoken to. */
async function connect(address: string) {
  const socket = new WebSocket(address)
  const waiting = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data))
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error) asked?.reject(new Error(error.message))
    else asked?.resolve(result)
  })
  await new Promise((done, fail) => {
    socket.addEventListener('open', done, { once: true })
    socket.addEventListener('error', fail, { once: true })
  })
  function to(sessionId?: string): Send {
    return <T>(method: string, params: object = {}) =>
      new Promise<T>((resolve, reject) => {
        last += 1
        waiting.set(last, { resolve: resolve as (value: unknown) => void, reject })
        socket.send(JSON.stringify({ id: last, method, params, ...(sessionId ? { sessionId } : {}) }))
      })
  }
  return { to, close: () => socket.close() }
}

interface Target {
  type: string
  url: string
  targetId: string
}

/** Does `work` with the extension's worker attached; while it is, the browser does not stop it. */
export async function withWorker<T>(person: Person, work: (send: Send) => Promise<T>): Promise<T> {
  const line = await connect(await addressOf(person))
  try {
    const { targetInfos } = await line.to()<{ targetInfos: Target[] }>('Target.getTargets')
    const worker = targetInfos.find(
      ({ type, url }) => type === 'service_worker' && url.includes(person.extensionId),
    )
    if (!worker) throw new Error('the worker does not run')
    const attached = await line.to()<{ sessionId: string }>('Target.attachToTarget', {
      targetId: worker.targetId,
      flatten: true,
    })
    return await work(line.to(attached.sessionId))
  } finally {
    line.close()
  }
}

/** Bytes that scripts hold, after the collector has been through. */
export async function heapAtRest(send: Send): Promise<number> {
  await send('HeapProfiler.enable')
  await send('HeapProfiler.collectGarbage')
  return heapNow(send)
}

export async function heapNow(send: Send): Promise<number> {
  return (await send<{ usedSize: number }>('Runtime.getHeapUsage')).usedSize
}

interface Profile {
  nodes: { id: number; callFrame: { functionName: string } }[]
  samples: number[]
  timeDeltas: number[]
}

const SAMPLE_MICROSECONDS = 200

/** Milliseconds in which the worker's thread did anything: samples of the profiler that were not idle. */
export async function busyDuring(send: Send, work: () => Promise<void>): Promise<number> {
  await send('Profiler.enable')
  await send('Profiler.setSamplingInterval', { interval: SAMPLE_MICROSECONDS })
  await send('Profiler.start')
  await work()
  const { profile } = await send<{ profile: Profile }>('Profiler.stop')
  return busyMilliseconds(profile)
}

export function busyMilliseconds({ nodes, samples, timeDeltas }: Profile): number {
  const idle = new Set(
    nodes.filter(({ callFrame }) => callFrame.functionName === '(idle)').map(({ id }) => id),
  )
  // A delta lies between the sample before and its own.
  return samples.reduce((sum, id, i) => sum + (idle.has(id) ? 0 : (timeDeltas[i] ?? 0) / 1000), 0)
}
