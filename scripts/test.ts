import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.ts'

/** Everything that must hold before a change lands; the last line is `N passed, N failed`. */
const STEPS: [name: string, command: string[]][] = [
  ['lint', ['biome', 'check', '--error-on-warnings', '.']],
  ['types: wxt', ['wxt', 'prepare']],
  ['types', ['tsc', '--noEmit']],
  ['build and zip: Chromium', ['wxt', 'zip']],
  ['build and zip: Firefox', ['wxt', 'zip', '-b', 'firefox']],
  ['build: end-to-end', ['wxt', 'build', '--mode', 'e2e']],
  ['build: end-to-end, Firefox', ['wxt', 'build', '-b', 'firefox', '--mode', 'e2e']],
]

interface Counts {
  passed: number
  failed: number
  skipped: number
}

const summary = join(tmpdir(), `aside-summary-${process.pid}.json`)
const env = { ...process.env, NO_COLOR: '1', SUMMARY_FILE: summary }

function run([program = '', ...rest]: string[]): boolean {
  const began = Date.now()
  const { status } = spawnSync(join('node_modules', '.bin', program), rest, { stdio: 'inherit', env })
  console.log(`(${((Date.now() - began) / 1000).toFixed(1)} s)`)
  return status === 0
}

function steps(counts: Counts): void {
  for (const [name, command] of STEPS) {
    console.log(`\n== ${name}`)
    if (run(command)) counts.passed++
    else counts.failed++
  }
}

/** Vitest tells its counts in a file; without one it did not get that far. */
function tests(counts: Counts): void {
  console.log('\n== tests')
  const isFine = run(['vitest', 'run'])
  const said: Counts = existsSync(summary)
    ? JSON.parse(readFileSync(summary, 'utf8'))
    : { passed: 0, failed: 1, skipped: 0 }
  rmSync(summary, { force: true })
  counts.passed += said.passed
  counts.failed += said.failed === 0 && !isFine ? 1 : said.failed
  counts.skipped += said.skipped
}

const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
await findChromium()
steps(counts)
tests(counts)
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`)
process.exitCode = counts.failed === 0 ? 0 : 1
