import { ask } from '../e2e/switch-on.ts'
import type { RequestEntry } from '../moodle-simulator/index.ts'
import { type Figure, figure } from './figures.ts'
import { busyDuring } from './inspector.ts'
import { rest, type Stage } from './stage.ts'

function sum(entries: readonly RequestEntry[], what: 'requestBytes' | 'responseBytes'): number {
  return entries.reduce((total, entry) => total + entry[what], 0)
}

/** What one round asks for on an account where nothing has happened. */
async function round({ own, simulator }: Stage): Promise<readonly RequestEntry[]> {
  await rest()
  simulator.requests.clear()
  await ask(own, 'refresh', {})
  await rest()
  return [...simulator.requests.all()]
}

async function busyRounds(stage: Stage): Promise<number[]> {
  const busy: number[] = []
  while (busy.length < stage.times)
    busy.push(await busyDuring(stage.person, async () => void (await round(stage))))
  return busy
}

export async function measurePolling(stage: Stage): Promise<Figure[]> {
  // Whatever is still due happens in the first.
  await round(stage)
  const rounds: (readonly RequestEntry[])[] = []
  while (rounds.length < stage.times) rounds.push(await round(stage))
  const each = (of: (entries: readonly RequestEntry[]) => number) => rounds.map(of)
  return [
    figure(
      'one poll: requests',
      'requests',
      each(({ length }) => length),
      1,
    ),
    figure(
      'one poll: sent, without headers',
      'bytes',
      each((entries) => sum(entries, 'requestBytes')),
    ),
    figure(
      'one poll: received, not compressed',
      'bytes',
      each((entries) => sum(entries, 'responseBytes')),
    ),
    figure('one poll: processor time of the worker', 'ms', await busyRounds(stage), 10),
  ]
}
