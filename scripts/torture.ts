import '../test/torture/environment.ts'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { sequences } from '../test/torture/actions.ts'
import { newHandOverTally, playHandOver, turns } from '../test/torture/hand-over-run.ts'
import { newTally, play, tallyLine } from '../test/torture/run.ts'

/**
 * `npm run torture -- --runs 20000 [--seed N] [--path P] [--minutes M] [--hand-over]`: the last line says what became of it.
 * With `--hand-over` it is a rule that goes back and forth between two teachers.
 * Twenty thousand take one core some twenty-five minutes; with `--minutes` it ends then, with what was run until then.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
    minutes: { type: 'string' },
    'hand-over': { type: 'boolean', default: false },
  },
})
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
const numRuns = Number(values.runs ?? 2000)
const TELL_EVERY = 1000

const tally = newTally()
const handOvers = newHandOverTally()
const isHandOver = values['hand-over']
const line = () => (isHandOver ? JSON.stringify(handOvers) : tallyLine(tally))
const tell = () => {
  if ((isHandOver ? handOvers : tally).runs % TELL_EVERY === 0) console.error(line())
}
const ofMessages = fc.asyncProperty(sequences(24), (played) => play(played, tally).then(tell))
const ofHandOvers = fc.asyncProperty(turns(24), (played) => playHandOver(played, 8, handOvers).then(tell))
const options = {
  numRuns,
  seed,
  ...(values.path ? { path: values.path } : {}),
  ...(values.minutes ? { interruptAfterTimeLimit: Number(values.minutes) * 60_000 } : {}),
}
const result = await (isHandOver ? fc.check(ofHandOvers, options) : fc.check(ofMessages, options))
if (result.failed) {
  console.log(`seed ${seed}, path ${result.counterexamplePath}`)
  console.log(JSON.stringify(result.counterexample?.[0], null, 1))
  console.log(String(result.errorInstance))
}
console.log(line())
process.exit(result.failed ? 1 : 0)
