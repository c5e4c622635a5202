import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { readZip } from './zip.ts'

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'))
const zipFor = (what: string) => join('.output', `${name}-${version}-${what}.zip`)

/** `npm test` has made them; on its own this file makes what is missing. */
function ensureZipped(browser: 'chrome' | 'firefox'): void {
  if (!existsSync(zipFor(browser))) execFileSync(join('node_modules', '.bin', 'wxt'), ['zip', '-b', browser])
}

describe.each(['chrome', 'firefox'] as const)('the zip for %s', (browser) => {
  let files: Map<string, string>

  beforeAll(() => {
    ensureZipped(browser)
    files = readZip(zipFor(browser))
  })

  it('holds the extension and nothing else', () => {
    const kinds =
      /^(manifest\.json|managed-schema\.json|(actions|background|launcher|look|panel)\.js|\w+\.html|(chunks|assets|icon|_locales)\/.+)$/
    expect([...files.keys()].filter((file) => !kinds.test(file))).toEqual([])
    expect(files.size).toBeGreaterThan(10)
  })

  it('holds no source maps and no test code', () => {
    const traces = /sourceMappingURL|__E2E__|vitest|Pass\.1234|moodle-simulator/
    const told = [...files].filter(([file, content]) => file.endsWith('.map') || traces.test(content))
    expect(told.map(([file]) => file)).toEqual([])
  })

  it('keeps launcher and panel closed to the page', () => {
    for (const script of ['launcher.js', 'panel.js'])
      expect(files.get(script), script).toMatch(/mode:\s*[`'"]closed[`'"]/)
  })

  it('fetches no code from elsewhere', () => {
    const pages = [...files].filter(([file]) => file.endsWith('.html'))
    const addresses = pages.flatMap(([, html]) =>
      [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address),
    )
    expect(addresses.length).toBeGreaterThan(pages.length)
    expect(addresses.filter((address) => !/^\/[^/]/.test(address ?? ''))).toEqual([])
  })
})

describe('the sources for review', () => {
  it('hold what the build needs, and neither tests nor recordings', () => {
    ensureZipped('firefox')
    const tops = new Set([...readZip(zipFor('sources')).keys()].map((file) => file.split('/')[0]))
    for (const needed of [
      'package.json',
      'package-lock.json',
      'wxt.config.ts',
      'entrypoints',
      'lib',
      'components',
    ])
      expect(tops).toContain(needed)
    for (const other of ['test', '.output', 'node_modules', 'scripts', 'screenshots-out'])
      expect(tops).not.toContain(other)
  })
})
