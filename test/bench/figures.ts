export type Unit = 'ms' | 'bytes' | 'requests' | 'percent'

/** One line of what `npm run bench` prints. Where nothing was promised, budget and within are null. */
export interface Figure {
  name: string
  unit: Unit
  median: number
  p95: number
  budget: number | null
  within: boolean | null
}

function sorted(samples: readonly number[]): number[] {
  return samples.toSorted((a, b) => a - b)
}

export function median(samples: readonly number[]): number {
  const inOrder = sorted(samples)
  const upper = inOrder[Math.floor(inOrder.length / 2)]
  const lower = inOrder[Math.ceil(inOrder.length / 2) - 1]
  if (upper === undefined || lower === undefined) throw new Error('nothing was measured')
  return (lower + upper) / 2
}

/** Nearest rank: a value that was really measured, and not beyond the slowest. */
export function p95(samples: readonly number[]): number {
  const inOrder = sorted(samples)
  const at = inOrder[Math.ceil(inOrder.length * 0.95) - 1]
  if (at === undefined) throw new Error('nothing was measured')
  return at
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

/** Judged is the median as it was measured, before rounding. */
export function figure(name: string, unit: Unit, samples: readonly number[], budget?: number): Figure {
  const middle = median(samples)
  return {
    name,
    unit,
    median: rounded(middle),
    p95: rounded(p95(samples)),
    budget: budget ?? null,
    within: budget === undefined ? null : middle <= budget,
  }
}
