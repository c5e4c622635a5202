import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { startSimulator } from './moodle-simulator/index.ts'

const run = promisify(execFile)

it('README example of the client runs as printed', async () => {
  const readme = await readFile('README.md', 'utf8')
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  expect(example.trim().split('\n').filter(Boolean)).toHaveLength(12)
  const simulator = await startSimulator()
  const folder = await mkdtemp(join(resolve('test'), 'readme-'))
  const file = join(folder, 'example.ts')
  try {
    const here = example
      .replace("'aside-client'", JSON.stringify(resolve('lib/moodle/index.ts')))
      .replace('https://moodle.example', simulator.wwwroot)
    await writeFile(file, here)
    const { stdout } = await run(process.execPath, [file])
    expect(stdout).toMatch(/^Seed University \d \[.*'Student Number1'/s)
  } finally {
    await rm(folder, { recursive: true })
    await simulator.close()
  }
})

it('README names only commands that there are', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8'))
  const readme = await readFile('README.md', 'utf8')
  const named = [...readme.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map((match) => match[1] ?? '')
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})
