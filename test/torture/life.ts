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

  return {
    get isDead() {
      return isDead
    },
    ended,
    // Not an async function: the store's own promises carry its transactions along.
    step: (work) => (goesOn() ? work().then((result) => (goesOn() ? result : forever())) : forever()),
    onEnd: (what) => ends.push(what),
    end,
  }
}
