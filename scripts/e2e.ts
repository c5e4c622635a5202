import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { findChromium } from './chromium.ts'

/**
 * `npm run e2e [-- FILE …] [--built]`: builds what the end-to-end tests drive, and runs them; with names, only those
 * files whose path contains one (`npm run e2e -- dialogue`).
 */
const args = process.argv.slice(2)
const isBuilt = args.includes('--built')
const files = args.filter((arg) => arg !== '--built')
const BUILDS = [[], ['-b', 'firefox']]

function run(program: string, ...rest: string[]): void {
  const { status } = spawnSync(join('node_modules', '.bin', program), rest, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

await findChromium()
if (!isBuilt) for (const browser of BUILDS) run('wxt', 'build', ...browser, '--mode', 'e2e')
run('vitest', 'run', '--project', 'e2e', ...files)
