import { siteOf } from '../dialogue/dialogue.ts'
import type { AccountRow } from '../store/rows.ts'

/*
 * remembered ──► observed      the site has answered this worker
 * observed ────► remembered    this computer's clock was moved: it and one that only counts on disagree
 */

/** Two clocks of one computer may drift so far apart without either having been moved. */
const DRIFT_MS = 30_000

interface Observed {
  /** Seconds by which the site's clock is ahead. */
  offset: number
  /** What lay between this computer's clock and the steady one. */
  apartMs: number
}

/** The clocks of sites, as their answers tell them; `steadyMs` counts on, whoever sets this computer's clock. */
export function createSiteClock(nowMs: () => number, steadyMs: () => number) {
  const seen = new Map<string, Observed>()
  const apartMs = () => nowMs() - steadyMs()
  const seconds = () => Math.floor(nowMs() / 1000)

  /** Seconds by which the site's clock is ahead; undefined where nobody knows. */
  function offset(wwwroot: string): number | undefined {
    const observed = seen.get(siteOf(wwwroot))
    if (!observed || Math.abs(observed.apartMs - apartMs()) > DRIFT_MS) return undefined
    return observed.offset
  }

  return {
    offset,
    observe(wwwroot: string, timeServer: number): void {
      seen.set(siteOf(wwwroot), { offset: timeServer - seconds(), apartMs: apartMs() })
    },
    /** Until the site has answered, by what it said the last time. */
    serverTime({ wwwroot, clockOffset = 0 }: Pick<AccountRow, 'wwwroot' | 'clockOffset'>): number {
      return seconds() + (offset(wwwroot) ?? clockOffset)
    },
  }
}
