/** Never settles: what a worker that was stopped waits for. */
const forever = <T>(): Promise<T> => new Promise<T>(() => undefined)

/**
 * alive ──► dead    stopped from outside, or at the await that was chosen
 */
export interface Life {
  readonly isDead: boolean
  /** Settles when the worker is stopped. */
  readonly ended: Promise<void>
  /** One await of the worker: it may not survive it, neither before nor after `work`. */
  step<T>(work: () => Promise<T>): Promise<T>
  onEnd(what: () => void): void
  end(): void
}

/** `awaits`: how many awaits the worker has left to live. */
export function createLife(awaits = Number.POSITIVE_INFINITY): Life {
  let left = awaits
  let isDead = false
  const ends: (() => void)[] = []
  const ended = new Promise<void>((done) => ends.push(done))

  function end(): void {
    if (isDead) return
    isDead = true
    for (const what of ends) what()
  }

  function goesOn(): boolean {
    if (!isDead && left-- <= 0) end()
    return !isDead
  }

  const survived = <T>(result: T): T | Promise<T> => (goesOn() ? result : forever())
  function survivedFailure(reason: unknown): Promise<never> {
    if (goesOn()) throw reason
    return forever()
  }

  return {
    get isDead() {
      return isDead
    },
    ended,
    // Not an async function: the store's own promises carry its transactions along. A failure is no answer to the dead
    // either, least of all that of the transactions which end with them.
    step: (work) => (goesOn() ? work().then(survived, survivedFailure) : forever()),
    onEnd: (what) => ends.push(what),
    end,
  }
}
