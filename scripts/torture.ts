import '../test/torture/environment.ts'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { sequences } from '../test/torture/actions.ts'
import { newTally, play, tallyLine } from '../test/torture/run.ts'

/** `npm run torture -- --runs 20000 [--seed N] [--path P]`: the last line says what became of it. */
const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, path: { type: 'string' } },
})
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
const numRuns = Number(values.runs ?? 2000)

const tally = newTally()
const property = fc.asyncProperty(sequences(24), (played) => play(played, tally))
const result = await fc.check(property, { numRuns, seed, ...(values.path ? { path: values.path } : {}) })
if (result.failed) {
  console.log(`seed ${seed}, path ${result.counterexamplePath}`)
  console.log(JSON.stringify(result.counterexample?.[0], null, 1))
  console.log(String(result.errorInstance))
}
console.log(tallyLine(tally))
process.exit(result.failed ? 1 : 0)
