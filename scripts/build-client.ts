import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Makes the package `aside-client` in `.output/client`, ready for `npm pack` or `npm publish`. */
const ROOT = resolve(import.meta.dirname, '..')
export const CLIENT = join(ROOT, '.output', 'client')

const NEEDED = ['zod', '@noble/hashes']
const entry = (file: string) => ({ types: `./${file}.d.ts`, default: `./${file}.js` })

function manifest(): object {
  const { version, license, dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return {
    name: 'aside-client',
    version,
    description: "A typed client for all of Moodle's web services, over a token or a session.",
    license,
    type: 'module',
    sideEffects: false,
    // The whole catalogue, and only what is written by hand.
    exports: { '.': entry('lib/moodle/library'), './written': entry('lib/moodle/index') },
    bin: { 'check-site': './scripts/check-site/main.js' },
    files: ['lib', 'scripts', 'CHANGELOG.md'],
    dependencies: Object.fromEntries(NEEDED.map((name) => [name, dependencies[name]])),
  }
}

export function buildClient(): void {
  rmSync(CLIENT, { recursive: true, force: true })
  if (!existsSync(join(ROOT, '.wxt'))) {
    execFileSync(join(ROOT, 'node_modules/.bin/wxt'), ['prepare'], { cwd: ROOT, stdio: 'ignore' })
  }
  execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.client.json'], {
    cwd: ROOT,
    stdio: 'inherit',
  })
  chmodSync(join(CLIENT, 'scripts/check-site/main.js'), 0o755)
  writeFileSync(join(CLIENT, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)
  copyFileSync(join(ROOT, 'docs/client.md'), join(CLIENT, 'README.md'))
  for (const file of ['LICENSE', 'CHANGELOG.md']) copyFileSync(join(ROOT, file), join(CLIENT, file))
}

/** Packs it into a folder; answers with the file and its size in bytes. */
export function packClient(folder: string): { file: string; bytes: number } {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const [packed] = JSON.parse(
    execFileSync('npm', args, { cwd: CLIENT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  )
  return { file: join(folder, packed.filename), bytes: packed.size }
}

if (import.meta.main) {
  buildClient()
  const { file, bytes } = packClient(join(ROOT, '.output'))
  console.log(`${file}  ${Math.round(bytes / 1000)} kB`)
}
