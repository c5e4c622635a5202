import './environment.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sequences } from './actions.ts'
import { newTally, play } from './run.ts'

/** The same ones each time; `npm run torture` looks for those that nobody has seen yet. */
const SEEDS = [20_260_101, 20_261_125]
const RUNS = 250

it.each(SEEDS)(
  'every text arrives once from the right person, or stays in its author’s hands (seed %i)',
  async (seed) => {
    const tally = newTally()
    const property = fc.asyncProperty(sequences(12), (played) => play(played, tally))
    await fc.assert(property, { numRuns: RUNS, seed })
    expect(tally).toMatchObject({ lost: 0, doubled: 0 })
    expect(tally.sends).toBeGreaterThan(RUNS)
  },
  120_000,
)
