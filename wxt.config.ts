import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Plugin } from 'vite'
import { defineConfig, type ResolvedPublicFile } from 'wxt'

/** A simulator on this computer; never asked for in what the stores get. */
const LOOPBACK = ['http://127.0.0.1/*', 'http://localhost/*']

/** Firefox is not told what may be set, see docs/policy.md. */
const SCHEMA = 'managed-schema.json'

const isJson = ({ relativeDest }: ResolvedPublicFile) => relativeDest.endsWith('.json')

/** Without the spaces between them; words that are alike beside one another. */
function packed(file: ResolvedPublicFile): ResolvedPublicFile {
  if (!('absoluteSrc' in file)) return file
  const entries = Object.entries(JSON.parse(readFileSync(file.absoluteSrc, 'utf8')))
  const sorted = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
  return { relativeDest: file.relativeDest, contents: JSON.stringify(sorted) }
}

/**
 * Once more, by another hand: some kilobytes less for everybody to load. What libraries would write to the console is for
 * those who work with them, and goes too; what people can do with, the log of the diagnostics page has.
 */
const tightly: Plugin = {
  name: 'tightly',
  enforce: 'post',
  async generateBundle({ format }, bundle) {
    const { minify } = await import('terser')
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue
      const { code } = await minify(chunk.code, {
        ecma: 2020,
        module: format === 'es',
        compress: { passes: 2, drop_console: true },
      })
      if (code !== undefined && code.length < chunk.code.length) chunk.code = code
    }
  },
}

/** A stylesheet that several pages have leaves them a script without a word in it: neither packed nor asked for. */
const nothingEmpty: Plugin = {
  name: 'nothing-empty',
  enforce: 'post',
  generateBundle(_, bundle) {
    const all = Object.values(bundle)
    const empty = all.filter((file) => file.type === 'chunk' && file.code.trim() === '')
    for (const { fileName } of empty) {
      delete bundle[fileName]
      const name = fileName.replace(/^.*\//, '')
      for (const file of all) {
        if (file.type === 'chunk') file.code = file.code.replace(`import"./${name}";`, '')
        else if (file.fileName.endsWith('.html'))
          file.source = String(file.source).replace(
            new RegExp(`\\s*<(link|script)[^>]*/${name}">(</script>)?`),
            '',
          )
      }
    }
  },
}

/** Between the tags of a page nothing is shown, and its files are its own. */
const plainPages: Plugin = {
  name: 'plain-pages',
  enforce: 'post',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'asset' && file.fileName.endsWith('.html'))
        file.source = String(file.source).replace(/\n\s*/g, '').replaceAll(' crossorigin', '')
    }
  },
}

const MADE = '= createDOMPurify();'

/** Made when it is first wanted, as sanitise.ts asks for it: a panel that opens should not wait for it. */
const purifierLater: Plugin = {
  name: 'purifier-later',
  transform(code, id) {
    if (!id.includes('/dompurify/')) return undefined
    if (!code.includes(MADE)) throw new Error('DOMPurify is made otherwise now: see wxt.config.ts')
    return { code: code.replace(MADE, '= createDOMPurify;'), map: null }
  },
}

export default defineConfig({
  manifestVersion: 3,
  imports: false,
  analysis: { enabled: false },
  hooks: {
    'zip:extension:done': async (_, path) => (await import('./wxt.repack.ts')).repack(path),
    'build:publicAssets': ({ config }, files) => {
      const wanted = files.filter((file) => config.browser !== 'firefox' || file.relativeDest !== SCHEMA)
      files.splice(0, files.length, ...wanted.map((file) => (isJson(file) ? packed(file) : file)))
    },
  },
  vite: ({ mode }) => ({
    build: { sourcemap: mode === 'e2e', modulePreload: { polyfill: false } },
    // Tests need not wait for it.
    plugins: mode === 'production' ? [purifierLater, tightly, nothingEmpty, plainPages] : [purifierLater],
    define: { __E2E__: JSON.stringify(mode === 'e2e') },
    // The build for browsers that know classes: a smaller worker, which starts sooner.
    resolve: {
      alias: [
        { find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' },
        { find: /^\.\/generated\/decode-data-html\.js$/, replacement: resolve('lib/dialogue/entities.ts') },
      ],
    },
  }),
  // For Mozilla's review: what the build needs, and nothing else.
  zip: {
    includeSources: [
      ...['components/**', 'entrypoints/**', 'lib/**', 'public/**'],
      ...['package.json', 'package-lock.json', 'tsconfig.json', 'wxt.*.ts', 'README.md', 'LICENSE'],
    ],
  },
  manifest: ({ browser, mode }) => ({
    name: '__MSG_name__',
    description: '__MSG_description__',
    default_locale: 'en',
    incognito: 'not_allowed',
    permissions: [
      'alarms',
      'storage',
      'unlimitedStorage',
      'scripting',
      'activeTab',
      'idle',
      ...(browser === 'chrome' ? (['sidePanel'] as const) : []),
    ],
    optional_permissions: ['notifications'],
    optional_host_permissions: mode === 'production' ? ['https://*/*'] : ['https://*/*', ...LOOPBACK],
    action: { default_title: '__MSG_name__' },
    commands: {
      'open-here': { suggested_key: { default: 'Alt+Shift+D' }, description: '__MSG_openHere__' },
    },
    ...(browser === 'firefox' ? {} : { storage: { managed_schema: SCHEMA } }),
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'aside@aside-dialogues.example',
              strict_min_version: '128.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : {}),
  }),
})
