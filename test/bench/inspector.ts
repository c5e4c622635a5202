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
  const heard = new Map<string, (params: Answer) => void>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error, method, params } = JSON.parse(String(data))
    if (method !== undefined) heard.get(method)?.(params)
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
  return {
    to,
    on: (event: string, hear: (params: Answer) => void) => heard.set(event, hear),
    close: () => socket.close(),
  }
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

export interface TaskEvent {
  ph: string
  name: string
  pid: number
  tid: number
  /** Microseconds in which the thread ran, which other programs do not lengthen. */
  tdur?: number
  args?: { name?: string }
}

const WORKER_THREAD = /^ServiceWorker/

/** Milliseconds for which the processor worked for the worker's thread; waiting for a turn does not count. */
export async function busyDuring(person: Person, work: () => Promise<void>): Promise<number> {
  const line = await connect(await addressOf(person))
  const send = line.to()
  const events: TaskEvent[] = []
  line.on('Tracing.dataCollected', ({ value }) => events.push(...(value as TaskEvent[])))
  const complete = new Promise((done) => line.on('Tracing.tracingComplete', done))
  await send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', '__metadata'], excludedCategories: ['*'] },
  })
  await work()
  await send('Tracing.end')
  await complete
  line.close()
  return busyMilliseconds(events)
}

export function busyMilliseconds(events: readonly TaskEvent[]): number {
  const place = ({ pid, tid }: TaskEvent) => `${pid} ${tid}`
  const named = events.filter(
    ({ ph, name, args }) => ph === 'M' && name === 'thread_name' && WORKER_THREAD.test(args?.name ?? ''),
  )
  const threads = new Set(named.map(place))
  const tasks = events.filter(
    (event) => event.ph === 'X' && event.name.endsWith('RunTask') && threads.has(place(event)),
  )
  return tasks.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0)
}
