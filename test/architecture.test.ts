import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
const files = tracked.split('\n').filter((file) => file !== '' && existsSync(file))
const sources = files.filter((file) => /^(lib|components|entrypoints)\/.*\.tsx?$/.test(file))

/** The house: who may import whom. Longest matching folder wins. */
const HOUSE: Record<string, { ours: string[]; npm: (string | RegExp)[] }> = {
  'lib/moodle': { ours: [], npm: ['ky', 'zod', 'js-md5'] },
  // The worker has no DOMParser.
  'lib/dialogue': { ours: [], npm: ['htmlparser2'] },
  'lib/store': { ours: ['lib/dialogue'], npm: ['dexie'] },
  'lib/sync': { ours: ['lib/moodle', 'lib/dialogue', 'lib/store'], npm: [] },
  'lib/extension': { ours: ['lib/dialogue'], npm: ['@webext-core/messaging', 'wxt'] },
  components: {
    ours: ['lib/dialogue', 'lib/extension'],
    npm: ['preact', '@preact/signals', 'dompurify'],
  },
  'entrypoints/background': { ours: ['lib'], npm: ['wxt'] },
  entrypoints: {
    ours: ['components', 'lib/extension', 'lib/dialogue', 'lib/moodle/page.ts'],
    npm: ['preact', 'wxt'],
  },
}

const rooms = Object.keys(HOUSE).sort((a, b) => b.length - a.length)
const roomOf = (file: string) => rooms.find((room) => file.startsWith(`${room}/`) || file === room)

/** The file without its comments. */
const code = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"\n]*?(?:\{[^}]*\}[^'"\n]*?)?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]|(?:^|\n)import ['"]([^'"]+)['"]/g,
  )
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')

function isAllowed(file: string, imported: string): boolean {
  const room = roomOf(file)
  if (!room) return false
  const { ours, npm } = HOUSE[room] ?? { ours: [], npm: [] }
  if (!imported.startsWith('.')) return npm.some((name) => packageOf(imported) === name || imported === name)
  const target = normalize(join(dirname(file), imported.replace(/\?\w+$/, '')))
  // Words are shared by every layer that speaks to people.
  if (target.startsWith('public/_locales/')) return true
  return (
    target.startsWith(`${room}/`) || ours.some((other) => target === other || target.startsWith(`${other}/`))
  )
}

describe('the house', () => {
  it('has imports that run downwards only, and only the packages of each room', () => {
    const wrong = sources.flatMap((file) =>
      importsOf(file)
        .filter((imported) => !isAllowed(file, imported))
        .map((imported) => `${file} imports ${imported}`),
    )
    expect(wrong).toEqual([])
  })

  it('finds imports at all', () => {
    expect(importsOf('entrypoints/background/worker.ts')).toContain('../../lib/store/db.ts')
    expect(isAllowed('lib/store/db.ts', '../moodle/index.ts')).toBe(false)
    expect(isAllowed('components/panel/panel.tsx', '../../lib/store/db.ts')).toBe(false)
  })

  it('keeps the browser out of what runs everywhere', () => {
    const pure = sources.filter((file) => /^lib\/(moodle|dialogue|store|sync)\//.test(file))
    const wrong = pure.filter((file) =>
      /\b(?:browser|chrome)\.[a-z]+\b|wxt\//.test(
        readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
      ),
    )
    expect(wrong).toEqual([])
  })

  it('has no clock and no chance in lib/dialogue and lib/sync', () => {
    const pure = sources.filter((file) => /^lib\/(dialogue|sync)\//.test(file))
    expect(pure.filter((file) => /\bDate\.now\(|\bnew Date\(\)|Math\.random/.test(code(file)))).toEqual([])
  })

  it('has no file over 250 lines, and half of them under 80', () => {
    const lines = sources.map((file) => readFileSync(file, 'utf8').split('\n').length).sort((a, b) => a - b)
    expect(lines.at(-1)).toBeLessThanOrEqual(250)
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(80)
  })

  it('silences no check', () => {
    const silenced = /@ts-(?:ignore|nocheck|expect-error)|biome-ignore|:\s*any\b|as any\b|<any>/
    expect(sources.filter((file) => silenced.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})

describe('the stylesheets', () => {
  const sheets = files.filter((file) => /^(components|entrypoints)\/.*\.css$/.test(file))

  it('use logical properties', () => {
    const physical =
      /(?:^|[;{\s])(?:margin|padding|border)-(?:left|right)\b|(?:^|[;{\s])(?:left|right)\s*:|text-align:\s*(?:left|right)\b/
    expect(sheets.filter((file) => physical.test(readFileSync(file, 'utf8')))).toEqual([])
  })

  it('never say rem, which a page decides', () => {
    expect(sheets.filter((file) => /\d(?:rem)\b/.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})

describe('what is built', () => {
  const manifest = (build: string) => JSON.parse(readFileSync(`.output/${build}/manifest.json`, 'utf8'))
  const builds = ['chrome-mv3', 'firefox-mv3']

  it.runIf(builds.every((build) => existsSync(`.output/${build}`)))(
    'asks for no host at install, and for nothing beyond what the house decided',
    () => {
      const base = ['activeTab', 'alarms', 'idle', 'scripting', 'storage', 'unlimitedStorage']
      const chromium = manifest('chrome-mv3')
      const firefox = manifest('firefox-mv3')
      expect(chromium.permissions.toSorted()).toEqual([...base, 'sidePanel'].toSorted())
      expect(firefox.permissions.toSorted()).toEqual(base)
      for (const built of [chromium, firefox]) {
        expect(built.host_permissions).toBeUndefined()
        expect(built.content_scripts).toBeUndefined()
        expect(built.web_accessible_resources).toBeUndefined()
        expect(built.optional_permissions).toEqual(['notifications'])
        expect(built.optional_host_permissions).toEqual(['https://*/*'])
      }
    },
  )

  it.runIf(existsSync('.output/chrome-mv3'))('keeps database and checks out of what pages pay for', () => {
    const panel = readFileSync('.output/chrome-mv3/panel.js', 'utf8')
    const launcher = readFileSync('.output/chrome-mv3/launcher.js', 'utf8')
    for (const script of [panel, launcher]) expect(script).not.toMatch(/Dexie|ZodMini|wstoken|htmlparser/)
    expect(launcher).not.toMatch(/preact|__H\b/)
  })

  it.runIf(existsSync('.output/chrome-mv3'))('loads nothing from outside', () => {
    const built = execFileSync('find', ['.output/chrome-mv3', '.output/firefox-mv3', '-name', '*.html'], {
      encoding: 'utf8',
    })
    const outside = built
      .split('\n')
      .filter(Boolean)
      .filter((file) => /(?:src|href)=["']?(?:https?:)?\/\//.test(readFileSync(file, 'utf8')))
    expect(outside).toEqual([])
  })
})

describe('what is committed', () => {
  it('names no registry and no path of a machine', () => {
    const hosts = new RegExp(['registry', '(?:npmjs|yarnpkg)'].join('\\.'))
    const text = files.filter((file) => !/\.(png|ico|woff2?)$/.test(file))
    expect(text.filter((file) => hosts.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})
