import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { listings } from '../../lib/moodle/catalogue.ts'

const page = await readFile('docs/functions.md', 'utf8')

test('the page counts the functions rightly', () => {
  const components = new Set([...listings().values()].map(({ component }) => component))
  expect(page).toContain(`${listings().size} functions of ${components.size} components`)
})

test('the example of a plugin’s function runs as printed', async () => {
  const example = /```ts\n(import \{ createMoodleClient[\s\S]*?)```/.exec(page)?.[1] ?? expect.unreachable()
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    asked.push(await text(request))
    response.end(
      JSON.stringify([
        { id: 1, name: 'Attic', secret: 'x' },
        { id: 2, name: 'Loft' },
      ]),
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const folder = await mkdtemp(join(resolve('test'), 'example-'))
  try {
    const here = example
      .replace("'aside-client'", JSON.stringify(resolve('lib/moodle/library.ts')))
      .replace('https://moodle.example', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    await writeFile(join(folder, 'example.ts'), here)
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'example.ts')])
    expect(stdout.trim()).toBe('Attic,Loft')
    expect(asked).toHaveLength(1)
    expect(asked[0]).toContain('wsfunction=local_rooms_get_rooms')
    expect(asked[0]).toContain('floor=2')
  } finally {
    await rm(folder, { recursive: true })
    server.close()
  }
})
