import type { CDPSession } from 'playwright-core'

/** What a browser notes of bringing a script in, and of all that it does then. */
export const LOADING = ['EvaluateScript', 'v8.compile'] as const
export const CALLBACKS = [...LOADING, 'FunctionCall'] as const

export interface TraceEvent {
  ph: string
  name: string
  ts: number
  dur?: number
  /** In which the thread worked: other programs do not lengthen it. */
  tdur?: number
  tid: number
  args?: unknown
}

export async function traced(session: CDPSession, work: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  const collect = ({ value }: { value: object[] }) => events.push(...(value as TraceEvent[]))
  session.on('Tracing.dataCollected', collect)
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'v8'] },
  })
  await work()
  await session.send('Tracing.end')
  await complete
  session.off('Tracing.dataCollected', collect)
  return events
}

/** Compiling lies within evaluating where the browser does it then; what lies within is not counted twice. */
export function millisecondsOf(
  events: readonly TraceEvent[],
  script: string,
  names: readonly string[],
  time: 'dur' | 'tdur' = 'dur',
): number {
  const ours = events.filter(
    ({ ph, name, args }) => ph === 'X' && names.includes(name) && JSON.stringify(args ?? {}).includes(script),
  )
  const outermost = ours.filter(
    (event) => !ours.some((other) => other !== event && other.tid === event.tid && holds(other, event)),
  )
  return outermost.reduce((sum, event) => sum + (event[time] ?? 0) / 1000, 0)
}

function holds(outer: TraceEvent, inner: TraceEvent): boolean {
  const end = ({ ts, dur = 0 }: TraceEvent) => ts + dur
  return outer.ts <= inner.ts && end(inner) <= end(outer)
}
