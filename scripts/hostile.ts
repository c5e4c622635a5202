import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { attacks, suffer } from '../test/moodle/hostile-calls.ts'

/** `npm run hostile -- --runs 100000 [--seed N]`: malformed, truncated and hostile answers; the last line says what became of them. */
const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } })
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
const numRuns = Number(values.runs ?? 100_000)

const began = performance.now()
let slowestMs = 0
const property = fc.asyncProperty(attacks, async (attack) => {
  const start = performance.now()
  const wrong = await suffer(attack)
  slowestMs = Math.max(slowestMs, performance.now() - start)
  if (wrong) throw new Error(wrong)
})
const result = await fc.check(property, { numRuns, seed })
if (result.failed) {
  console.log(`seed ${seed}, path ${result.counterexamplePath}`)
  console.log(JSON.stringify(result.counterexample, null, 1))
  console.log(String(result.errorInstance))
}
const seconds = ((performance.now() - began) / 1000).toFixed(0)
const outcome = result.failed ? 'one was taken badly' : 'each ended with an answer or an error of the family'
console.log(`${result.numRuns} answers in ${seconds} s, the slowest ${slowestMs.toFixed(0)} ms: ${outcome}`)
process.exit(result.failed ? 1 : 0)
