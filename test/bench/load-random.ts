/** A number from 0 up to 1, a new one at each call. */
export type Random = () => number

/** A repeatable source: the same seed gives the same day (a Weyl sequence, mixed). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x9e3779b9) >>> 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}

/** Waiting for something that comes once in `mean` seconds, whenever it likes. */
export function waiting(mean: number, random: Random): number {
  return -mean * Math.log(1 - random())
}

/** Around zero, as people are around the bell (three throws make a bell shape, within ±1.5). */
export function around(random: Random): number {
  return random() + random() + random() - 1.5
}
