import './environment.ts'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newRuleTally, playRule, ruleActions } from './rule-run.ts'

/** The same ones each time; `npm run torture` looks for those that nobody has seen yet. */
const SEEDS = [20_260_101, 20_261_125]

it.each(SEEDS)(
  'a rule to 200 people reaches everybody in its audience exactly once, and nobody else ever (seed %i)',
  async (seed) => {
    const tally = newRuleTally()
    const property = fc.asyncProperty(ruleActions(12), (actions) => playRule(actions, 200, tally))
    await fc.assert(property, { numRuns: 3, seed, endOnFailure: true })
    expect(tally.people).toBeGreaterThan(3 * 150)
    expect(tally.wrong).toEqual([])
  },
  120_000,
)

it.each(SEEDS)(
  'a rule to few people does so through many more mishaps (seed %i)',
  async (seed) => {
    const tally = newRuleTally()
    const property = fc.asyncProperty(ruleActions(25), (actions) => playRule(actions, 12, tally))
    await fc.assert(property, { numRuns: 25, seed })
    expect(tally.faults).toBeGreaterThan(10)
    expect(tally.wrong).toEqual([])
  },
  120_000,
)
