import { type Figure, figure } from './figures.ts'
import type { Stage } from './stage.ts'

/** In the page, and so without anything from outside it: texts made, taken apart and put in order, as a screen does. */
function fixedWork(): number {
  const began = performance.now()
  const rows = Array.from({ length: 20_000 }, (_, i) => ({ id: (i * 7919) % 20_000, text: `row ${i}` }))
  const copies = JSON.parse(JSON.stringify(rows)) as typeof rows
  copies.sort((a, b) => a.text.localeCompare(b.text) || a.id - b.id)
  return performance.now() - began
}

/** The same work every time: what two runs of the bench differ by here is the machine and no change of ours. */
export async function measureYardstick({ own, times }: Stage): Promise<Figure[]> {
  const samples: number[] = []
  while (samples.length < times) samples.push(await own.evaluate(fixedWork))
  return [figure('yardstick: a fixed piece of work in the browser', 'ms', samples)]
}
