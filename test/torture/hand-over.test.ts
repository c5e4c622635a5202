import './environment.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newHandOverTally, playHandOver, turns } from './hand-over-run.ts'

/** The same ones each time; `npm run torture` looks for those that nobody has seen yet. */
const SEEDS = [20_260_101, 20_261_126]

it.each(SEEDS)(
  'a rule that goes between two teachers reaches each of its people once, whatever is lost and whoever is away (seed %i)',
  async (seed) => {
    const tally = newHandOverTally()
    const property = fc.asyncProperty(turns(20), (actions) => playHandOver(actions, 12, tally))
    await fc.assert(property, { numRuns: 60, seed })
    expect(tally.takenOver).toBeGreaterThan(5)
    expect(tally.faults).toBeGreaterThan(5)
  },
  120_000,
)
