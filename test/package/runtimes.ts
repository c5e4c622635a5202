import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { arch, platform } from 'node:os'
import { join, resolve } from 'node:path'

/** Kept between runs, apart from what the project itself needs. */
const FOLDER = resolve('node_modules/.cache/aside-runtimes')
const system = `node-${platform() === 'win32' ? 'win' : platform()}-${arch()}`

export interface Runtime {
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
  readonly package: string
}

const node = (major: number): Runtime => ({
  name: `Node ${major}`,
  program: join(FOLDER, `node${major}/node_modules/${system}/bin/node`),
  args: [],
  package: `${system}@${major}`,
})

export const runtimes: readonly Runtime[] = [
  node(20),
  node(22),
  { name: 'Node 24', program: process.execPath, args: [], package: '' },
  {
    name: 'Deno',
    program: join(FOLDER, 'deno/node_modules/.bin/deno'),
    args: ['run', '--no-remote', '--node-modules-dir=manual', '--allow-net', '--allow-read', '--allow-env'],
    package: 'deno@2',
  },
  { name: 'Bun', program: join(FOLDER, 'bun/node_modules/.bin/bun'), args: ['run'], package: 'bun@1' },
]

/** Whether it is there, installed if need be: each is a package of npm's. */
export function isInstalled({ program, package: name }: Runtime): boolean {
  if (!existsSync(program)) install(program.split('/node_modules/').slice(0, -1).join('/node_modules/'), name)
  return existsSync(program)
}

function install(folder: string, name: string): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const args = ['install', '--no-audit', '--no-fund', '--no-save', '--loglevel=error', name]
  try {
    execFileSync('npm', args, { cwd: folder, stdio: 'ignore', timeout: 60_000 })
  } catch {
    // Not on this system, or no registry to be reached: not tried, and said so.
  }
}
