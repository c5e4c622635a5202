import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({ options: { config: { type: 'string' } } })
const config = resolve(values.config ?? '')

if (!values.config || !existsSync(config)) {
  console.error('npm run test:live -- --config FILE')
  console.error(
    'FILE is JSON: wwwroot, accounts {teacher, student1, student2} {username, password}, courseId, cmid',
  )
  console.error(
    'for a rule that is handed over: accounts.otherTeacher; and for a rule to many: bulk {courseId, refusing [user ids], suspended [user ids], reader {username, password}, enrol [program, arguments with {username}]}',
  )
  process.exit(2)
}

const home = resolve(import.meta.dirname, '..')
// The types that wxt makes, without which no test can be read.
if (!existsSync(resolve(home, '.wxt/tsconfig.json')))
  spawnSync(resolve(home, 'node_modules/.bin/wxt'), ['prepare'], { cwd: home, stdio: 'inherit' })
const vitest = resolve(import.meta.dirname, '../node_modules/vitest/vitest.mjs')
const child = spawn(process.execPath, [vitest, 'run', '--config', 'test/live/vitest.config.ts'], {
  cwd: home,
  env: { ...process.env, LIVE_CONFIG: config },
  stdio: 'inherit',
})
child.once('exit', (code) => process.exit(code ?? 1))
