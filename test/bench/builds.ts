import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { cp, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildClient, packClient } from '../../scripts/build-client.ts'
import { type Figure, figure } from './figures.ts'

const OUTPUT = resolve('.output')
const LAUNCHER_BYTES = 4096
const ZIP_BYTES = 300_000
const PACKAGE_BYTES = 500_000

/** What is smaller is not worth a line. */
const SMALL = 2048

const PRODUCTION = join(OUTPUT, 'chrome-mv3')

function wxt(...args: string[]): void {
  const program = resolve('node_modules/.bin/wxt')
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 60_000 })
}

export function buildAll(): void {
  wxt('zip')
  wxt('zip', '-b', 'firefox')
}

/**
 * A copy of what people get, in which one line of the manifest also lets a site on this computer be switched on:
 * a build of another mode differs in more than that. Whoever asked for it removes it.
 */
export async function copyForThisComputer(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'aside-bench-'))
  await cp(PRODUCTION, copy, { recursive: true })
  const file = join(copy, 'manifest.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  manifest.optional_host_permissions.push('http://127.0.0.1/*')
  await writeFile(file, JSON.stringify(manifest))
  return copy
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

function bundleSizes(folder: string): Figure[] {
  const bundles = filesIn(folder).filter((file) => /\.(js|css)$/.test(file) && statSync(file).size > SMALL)
  return bundles.sort().map((file) => {
    const name = relative(folder, file)
    const budget = name === 'launcher.js' ? LAUNCHER_BYTES : undefined
    return figure(`${name}, gzipped`, 'bytes', [gzipSync(readFileSync(file)).length], budget)
  })
}

function zipSize(browser: string): Figure {
  const { version, name } = JSON.parse(readFileSync('package.json', 'utf8'))
  const bytes = statSync(join(OUTPUT, `${name}-${version}-${browser}.zip`)).size
  return figure(`zip for ${browser}`, 'bytes', [bytes], ZIP_BYTES)
}

/** What npm would send: the whole catalogue with its types and source maps. */
function packageSize(): Figure {
  buildClient()
  return figure('package aside-client, packed', 'bytes', [packClient(tmpdir()).bytes], PACKAGE_BYTES)
}

export function measureSizes(): Figure[] {
  return [...bundleSizes(PRODUCTION), zipSize('chrome'), zipSize('firefox'), packageSize()]
}
