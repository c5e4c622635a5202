export type FaultKind = 'latency' | 'offline' | 'status' | 'html' | 'debugText' | 'answerLost'

/**
 * - `latency` waits `ms` first; the rest goes on as usual
 * - `offline` cuts the line before anything is done
 * - `status` answers `status` (503 if not said), with `retryAfter` seconds where given
 * - `html` answers a page instead of JSON (a captive portal, a proxy's login)
 * - `debugText` puts a PHP notice before the JSON
 * - `answerLost` does the work, then cuts the line
 */
export type Fault = {
  kind: FaultKind
  /** Both are exact or a pattern; nothing said matches every request. */
  match?: { function?: string | RegExp; path?: string | RegExp }
  /** How many requests it takes; endless if not said. */
  times?: number
  /** Lets this many matching requests go by first: `after: 2` fails the third. */
  after?: number
  ms?: number
  status?: number
  retryAfter?: number
  text?: string
}

export type Faults = ReturnType<typeof createFaults>

const matches = (wanted: string | RegExp | undefined, value: string): boolean =>
  wanted === undefined || (typeof wanted === 'string' ? wanted === value : wanted.test(value))

export function createFaults() {
  let held: { fault: Fault; seen: number; taken: number }[] = []

  const fits = (fault: Fault, path: string, functions: readonly string[]): boolean =>
    matches(fault.match?.path, path) &&
    (fault.match?.function === undefined || functions.some((name) => matches(fault.match?.function, name)))

  /** The faults that this request meets, each counted as taken. */
  function take(path: string, functions: readonly string[]): Fault[] {
    const met = held.filter((entry) => {
      if (!fits(entry.fault, path, functions)) return false
      return (
        ++entry.seen > (entry.fault.after ?? 0) &&
        entry.taken < (entry.fault.times ?? Number.POSITIVE_INFINITY)
      )
    })
    for (const entry of met) entry.taken++
    return met.map((entry) => entry.fault)
  }

  /** Answers with a function that takes the fault away again. */
  function add(fault: Fault): () => void {
    const entry = { fault, seen: 0, taken: 0 }
    held.push(entry)
    return () => {
      held = held.filter((other) => other !== entry)
    }
  }

  return {
    add,
    take,
    clear: () => {
      held = []
    },
  }
}
