import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../../scripts/chromium.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { blocksOf, exampleFor } from '../package/example.ts'
import { installClient } from '../package/installed.ts'
import { servePages } from '../package/page-server.ts'
import { isInstalled, runtimes } from '../package/runtimes.ts'

const run = promisify(execFile)
const SAID = /^Seed University \d \[.*'Student Number1'/s

let simulator: Simulator
let project: string

beforeAll(async () => {
  simulator = await startSimulator()
  project = installClient().project
  writeFileSync(join(project, 'example.js'), exampleFor(simulator.wwwroot))
}, 120_000)

afterAll(async () => {
  await simulator.close()
  rmSync(dirname(project), { recursive: true, force: true })
})

describe('the package', () => {
  const here = () => join(project, 'node_modules/aside-client')
  const files = () => readdirSync(here(), { recursive: true }).map(String)

  it('has declarations and source maps beside each script, and nothing of the extension', () => {
    const all = new Set(files())
    const scripts = [...all].filter((file) => file.endsWith('.js'))
    expect(scripts.length).toBeGreaterThan(50)
    const alone = scripts.filter((file) => !all.has(`${file}.map`) || !all.has(file.replace(/js$/, 'd.ts')))
    expect(alone).toEqual([])
    expect([...all].filter((file) => /dexie|entrypoints|components|sync|\.test\./.test(file))).toEqual([])
  })

  it('names no path of the machine that built it', () => {
    const texts = files().filter((file) => /\.(?:js|map|ts|json)$/.test(file))
    const told = texts.filter((file) => readFileSync(join(here(), file), 'utf8').includes(process.cwd()))
    expect(told).toEqual([])
  })

  it('brings its command along', async () => {
    const { stdout } = await run(join(project, 'node_modules/.bin/check-site'), [simulator.wwwroot, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ sitename: 'Seed University' })
  })

  it('type-checks the README’s example and the client’s page, without any settings of ours', async () => {
    const lost = exampleFor(simulator.wwwroot).replace('types[', 'nothing[')
    writeFileSync(join(project, 'good.ts'), exampleFor(simulator.wwwroot))
    writeFileSync(join(project, 'bad.ts'), lost)
    writeFileSync(join(project, 'page.ts'), blocksOf('docs/client.md'))
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--types', '']
    const checked = run(resolve('node_modules/.bin/tsc'), [...flags, 'good.ts', 'page.ts', 'bad.ts'], {
      cwd: project,
    })
    const { stdout } = await checked.then(
      () => expect.unreachable(),
      (error: { stdout: string }) => error,
    )
    expect(stdout).toMatch(/^bad\.ts.*'nothing'/)
    expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith('bad.ts'))).toEqual([])
  })
})

describe('the README’s example runs', () => {
  for (const runtime of runtimes) {
    it.skipIf(!isInstalled(runtime))(`under ${runtime.name}`, async () => {
      const { program, args } = runtime
      const { stdout } = await run(program, [...args, 'example.js'], { cwd: project, timeout: 60_000 })
      expect(stdout.replaceAll('"', "'")).toMatch(SAID)
    })
  }

  describe('in Chromium', () => {
    let browser: Browser
    let pages: Awaited<ReturnType<typeof servePages>>

    beforeAll(async () => {
      pages = await servePages(project)
      browser = await chromium.launch({ executablePath: await findChromium(), chromiumSandbox: false })
    })

    afterAll(async () => {
      await browser.close()
      await pages.close()
    })

    it.each(['page', 'worker'])('in a %s', async (place) => {
      const page = await browser.newPage()
      const said = page.waitForEvent('console', (message) => /Seed/.test(message.text()))
      await page.goto(`${pages.address}/${place}.html`)
      const values = await Promise.all((await said).args().map((value) => value.jsonValue()))
      expect(values).toEqual([
        'Seed University',
        expect.any(Number),
        expect.arrayContaining(['Student Number1']),
      ])
      await page.close()
    })

    it('tells a page how far an upload is', async () => {
      writeFileSync(join(project, 'upload.js'), uploading(simulator.wwwroot))
      const page = await browser.newPage()
      const said = page.waitForEvent('console', (message) => /^\{/.test(message.text()))
      await page.goto(`${pages.address}/upload.html`)
      const { sent, draft } = JSON.parse((await said).text())
      expect(draft).toMatchObject({ filename: 'essay.bin', filesize: 3_000_000 })
      expect(sent[0]).toBe(0)
      expect(sent.at(-1)).toBe(1)
      await page.close()
    })
  })
})

const uploading = (wwwroot: string) => `
  import { signIn, uploadFile } from 'aside-client'
  const options = { wwwroot: '${wwwroot}', fetch }
  const { wstoken } = await signIn.withPassword({ ...options, username: 'student1', password: 'Pass.1234' })
  const sent = []
  const onProgress = (progress) => sent.push(progress.sent / progress.total)
  const file = new Blob([new Uint8Array(3_000_000)])
  const draft = await uploadFile({ ...options, wstoken, onProgress }, file, 'essay.bin')
  console.log(JSON.stringify({ sent, draft }))
`
