import '../test/torture/environment.ts'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { sequences } from '../test/torture/actions.ts'
import { newTally, play, tallyLine } from '../test/torture/run.ts'

/**
 * `npm run torture -- --runs 20000 [--seed N] [--path P] [--minutes M]`: the last line says what became of it.
 * Twenty thousand take one core some twenty-five minutes; with `--minutes` it ends then, with what was run until then.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
    minutes: { type: 'string' },
  },
})
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
const numRuns = Number(values.runs ?? 2000)
const TELL_EVERY = 1000

const tally = newTally()
const property = fc.asyncProperty(sequences(24), async (played) => {
  await play(played, tally)
  if (tally.runs % TELL_EVERY === 0) console.error(tallyLine(tally))
})
const result = await fc.check(property, {
  numRuns,
  seed,
  ...(values.path ? { path: values.path } : {}),
  ...(values.minutes ? { interruptAfterTimeLimit: Number(values.minutes) * 60_000 } : {}),
})
if (result.failed) {
  console.log(`seed ${seed}, path ${result.counterexamplePath}`)
  console.log(JSON.stringify(result.counterexample?.[0], null, 1))
  console.log(String(result.errorInstance))
}
console.log(tallyLine(tally))
process.exit(result.failed ? 1 : 0)
