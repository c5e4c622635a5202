import type { Figure } from './figures.ts'

/** The same measurements at one size of the store. */
export interface Sized {
  messages: number
  figures: Figure[]
}

const STEP = 10_000

function slopeOf(points: readonly [x: number, y: number][]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))]
  const over = points.reduce((sum, [px, py]) => sum + (px - x) * (py - y), 0)
  const under = points.reduce((sum, [px]) => sum + (px - x) ** 2, 0)
  return under === 0 ? 0 : over / under
}

/** What ten thousand more messages cost: the line that lies closest to the medians. */
export function slopes(measured: readonly Sized[]): Figure[] {
  if (measured.length < 2) return []
  const names = measured[0]?.figures.map(({ name }) => name) ?? []
  return names.flatMap((name) => {
    const points = measured.flatMap(({ messages, figures }) => {
      const figure = figures.find((each) => each.name === name)
      return figure ? [[messages, figure.median] as [number, number]] : []
    })
    if (points.length < 2) return []
    const step = Math.round(slopeOf(points) * STEP * 100) / 100
    return [{ name, unit: 'ms' as const, median: step, p95: step, budget: null, within: null }]
  })
}
