/** The greatest number of requests in any `seconds` on end, as requests per second. */
export function peak(perSecond: ArrayLike<number>, seconds: number, from = 0, to = perSecond.length): number {
  let sum = 0
  let greatest = 0
  for (let second = from; second < to; second++) {
    sum += perSecond[second] ?? 0
    if (second - seconds >= from) sum -= perSecond[second - seconds] ?? 0
    greatest = Math.max(greatest, sum)
  }
  return greatest / seconds
}

export function mean(perSecond: ArrayLike<number>, from = 0, to = perSecond.length): number {
  return total(perSecond, from, to) / (to - from)
}

export function total(perSecond: ArrayLike<number>, from = 0, to = perSecond.length): number {
  let sum = 0
  for (let second = from; second < to; second++) sum += perSecond[second] ?? 0
  return sum
}

/** How long messages waited: `counts[s]` of them waited `s` seconds. */
export function freshness(counts: ArrayLike<number>): { mean: number; median: number; p95: number } {
  const all = total(counts)
  let sum = 0
  for (let seconds = 0; seconds < counts.length; seconds++) sum += seconds * (counts[seconds] ?? 0)
  return {
    mean: all === 0 ? 0 : sum / all,
    median: quantile(counts, all / 2),
    p95: quantile(counts, all * 0.95),
  }
}

function quantile(counts: ArrayLike<number>, wanted: number): number {
  let seen = 0
  for (let seconds = 0; seconds < counts.length; seconds++) {
    seen += counts[seconds] ?? 0
    if (seen >= wanted) return seconds
  }
  return counts.length
}
