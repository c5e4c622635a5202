import type { CDPSession } from 'playwright-core'
import { type Figure, figure } from './figures.ts'
import { openCourse, type Stage, visitCourse } from './stage.ts'

const SCRIPT = 'launcher.js'

interface TraceEvent {
  ph: string
  name: string
  ts: number
  dur?: number
  tid: number
  args?: unknown
}

async function traced(session: CDPSession, work: () => Promise<void>): Promise<TraceEvent[]> {
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
export function millisecondsOf(events: readonly TraceEvent[], names: readonly string[]): number {
  const ours = events.filter(
    ({ ph, name, args }) => ph === 'X' && names.includes(name) && JSON.stringify(args ?? {}).includes(SCRIPT),
  )
  const outermost = ours.filter(
    (event) => !ours.some((other) => other !== event && other.tid === event.tid && holds(other, event)),
  )
  return outermost.reduce((sum, { dur = 0 }) => sum + dur / 1000, 0)
}

function holds(outer: TraceEvent, inner: TraceEvent): boolean {
  const end = ({ ts, dur = 0 }: TraceEvent) => ts + dur
  return outer.ts <= inner.ts && end(inner) <= end(outer)
}

export async function measureLauncher(stage: Stage): Promise<Figure[]> {
  const { page, world } = await openCourse(stage)
  const loading: number[] = []
  const whole: number[] = []
  while (loading.length < stage.times) {
    const events = await traced(world.session, () => visitCourse(stage, page))
    const script = millisecondsOf(events, ['EvaluateScript', 'v8.compile'])
    if (script === 0) throw new Error('the trace does not name the launcher')
    loading.push(script)
    whole.push(millisecondsOf(events, ['EvaluateScript', 'v8.compile', 'FunctionCall']))
  }
  await page.close()
  return [
    figure('launcher on a page: compiling and running the script', 'ms', loading, 3),
    figure('launcher on a page: with all its callbacks', 'ms', whole),
  ]
}
