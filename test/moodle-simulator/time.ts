/** The server's clock. It runs with the real one, and can be moved or stopped by a test. */
export type Clock = {
  /** Unix seconds, as PHP's time(). */
  now(): number
  milliseconds(): number
  advance(seconds: number): void
  set(seconds: number): void
  freeze(): void
  unfreeze(): void
}

export function createClock(source: () => number = Date.now): Clock {
  let offset = 0
  let frozen: number | null = null
  const milliseconds = () => frozen ?? source() + offset
  return {
    milliseconds,
    now: () => Math.floor(milliseconds() / 1000),
    advance: (seconds) => {
      if (frozen === null) offset += seconds * 1000
      else frozen += seconds * 1000
    },
    set: (seconds) => {
      if (frozen === null) offset = seconds * 1000 - source()
      else frozen = seconds * 1000
    },
    freeze: () => {
      frozen = milliseconds()
    },
    unfreeze: () => {
      if (frozen !== null) offset = frozen - source()
      frozen = null
    },
  }
}
