import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

type Counts = { passed: number; failed: number; skipped: number }

/** A file that did not load has errors and no tests; it counts as one failure. */
function count(modules: readonly TestModule[], errors: number): Counts {
  const counts: Counts = { passed: 0, failed: errors, skipped: 0 }
  for (const module of modules) {
    for (const test of module.children.allTests()) {
      const { state } = test.result()
      counts[state === 'passed' || state === 'failed' ? state : 'skipped']++
    }
    if (module.errors().length > 0) counts.failed++
  }
  return counts
}

function skippedIn(modules: readonly TestModule[]): string[] {
  const tests = modules.flatMap((module) => [...module.children.allTests('skipped')])
  return tests.map(({ fullName }) => `skipped: ${fullName}`)
}

/** Passed, and not at once: a race in the test or in us, for somebody to look at. */
function flakyIn(modules: readonly TestModule[]): string[] {
  const tests = modules.flatMap((module) => [...module.children.allTests('passed')])
  return tests.filter((test) => test.diagnostic()?.flaky).map(({ fullName }) => `second try: ${fullName}`)
}

/** Ends the output with a line such as `12 passed, 0 failed`, and tells `npm test` the numbers. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = count(modules, errors.length)
    const { passed, failed, skipped } = counts
    for (const line of [...skippedIn(modules), ...flakyIn(modules)]) console.log(line)
    if (process.env.SUMMARY_FILE) writeFileSync(process.env.SUMMARY_FILE, JSON.stringify(counts))
    console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  }
}
