import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('the library runs in plain Node, without a build', async () => {
  const index = fileURLToPath(new URL('../../lib/moodle/index.ts', import.meta.url))
  const script =
    'import(process.argv[1]).then((m) => console.log(typeof m.createMoodleClient, typeof document))'
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, index])
  expect(stdout.trim()).toBe('function undefined')
})
