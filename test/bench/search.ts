import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { build, type Rollup } from 'vite'
import { findChromium } from '../../scripts/chromium.ts'
import type { Measured } from './search-run.ts'

/*
 * How fast and how large the search is: `node test/bench/search.ts --messages 100000`.
 * In a worker of Chromium, with its own database; with `--node` in Node, with a stand-in that says little about speed.
 */
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    conversations: { type: 'string', default: '5000' },
    node: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

async function bundle(): Promise<string> {
  const entry = new URL('search-worker.ts', import.meta.url).pathname
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry, formats: ['es'], fileName: 'worker' } },
  })) as Rollup.RollupOutput[]
  const [chunk] = built.flatMap(({ output }) => output)
  return chunk?.type === 'chunk' ? chunk.code : ''
}

async function serve(worker: string) {
  const server = createServer((request, response) => {
    const isWorker = request.url === '/worker.js'
    response.setHeader('content-type', isWorker ? 'text/javascript' : 'text/html')
    response.end(isWorker ? worker : '<!doctype html><title>bench</title>')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() }
}

type Told = { words?: string; measured?: Measured; failed?: string }

async function inChromium(ask: { messages: number; conversations: number }): Promise<Measured> {
  const { url, close } = await serve(await bundle())
  const browser = await chromium.launch({ executablePath: await findChromium(), chromiumSandbox: false })
  const page = await browser.newPage()
  page.on('console', (message) => console.error(message.text()))
  await page.goto(url)
  try {
    return await page.evaluate(
      (ask) =>
        new Promise<Measured>((done, fail) => {
          const worker = new Worker('/worker.js', { type: 'module' })
          worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
            if (data.words) console.log(data.words)
            if (data.measured) done(data.measured)
            if (data.failed) fail(new Error(data.failed))
          })
          worker.addEventListener('error', ({ message }) => fail(new Error(message)))
          worker.postMessage(ask)
        }),
      ask,
    )
  } finally {
    await browser.close()
    close()
  }
}

async function inNode({ messages, conversations }: { messages: number; conversations: number }) {
  const standIn: string = 'fake-indexeddb/auto'
  await import(standIn)
  const { measureSearch } = await import('./search-run.ts')
  return measureSearch(messages, conversations, console.error)
}

function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0
}

function line(name: string, queries: Measured['queries']): string {
  const ms = queries.flatMap((query) => query.ms)
  const cells = [0.5, 0.95, 1].map((part) => quantile(ms, part).toFixed(1).padStart(8))
  return `${name.padEnd(28)}${cells.join('')}   hits ${queries.map(({ hits }) => hits).join(' ')}`
}

function print(measured: Measured): void {
  const { messages, storeMs, noteMs, indexMs, longestBatchMs, blocks, indexBytes, usageBefore, usageAfter } =
    measured
  const each = (n: number) => (n / messages).toFixed(1)
  console.log(
    `${messages} messages stored in ${Math.round(storeMs)} ms, noted in ${Math.round(noteMs)} ms, indexed in ${Math.round(indexMs)} ms`,
  )
  console.log(`longest batch ${Math.round(longestBatchMs)} ms; ${blocks} blocks`)
  console.log(
    `index ${each(indexBytes)} bytes a message; on disk ${each(usageBefore)} before, ${each(usageAfter)} with the index`,
  )
  console.log(`${'ms'.padEnd(28)}  median     p95     max`)
  for (const kind of new Set(measured.queries.map((query) => query.kind)))
    console.log(
      line(
        kind,
        measured.queries.filter((query) => query.kind === kind),
      ),
    )
  console.log(line('all', measured.queries).replace(/ {3}hits.*/, ''))
}

const ask = { messages: Number(values.messages), conversations: Number(values.conversations) }
const measured = await (values.node ? inNode(ask) : inChromium(ask))
if (values.json) console.log(JSON.stringify(measured))
else print(measured)
process.exit(0)
