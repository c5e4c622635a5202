import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { platform } from 'node:os'

/** Branded Chrome ignores --load-extension since 137, so only Chromium and Chrome for Testing are looked for. */
const NAMES = ['chromium', 'chromium-browser', 'chrome-for-testing']
const MAC = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
]

export function onPath(name: string): string | undefined {
  const found = spawnSync(platform() === 'win32' ? 'where' : 'which', [name], { encoding: 'utf8' })
  return found.status === 0 ? found.stdout.split('\n')[0]?.trim() : undefined
}

function installed(): string | undefined {
  const named = process.env.CHROME_PATH
  if (named) return named
  return NAMES.map(onPath).find(Boolean) ?? MAC.find((path) => existsSync(path))
}

function runAsRoot(command: string[]): void {
  const [program = '', ...rest] = process.getuid?.() === 0 ? command : ['sudo', ...command]
  execFileSync(program, rest, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}

function mayInstall(): boolean {
  if (platform() !== 'linux' || !onPath('apt-get')) return false
  return process.getuid?.() === 0 || spawnSync('sudo', ['-n', 'true']).status === 0
}

function install(): void {
  console.log('No Chromium found: installing the package "chromium" with apt-get.')
  runAsRoot(['apt-get', 'update', '-qq'])
  runAsRoot(['apt-get', 'install', '-y', '-qq', 'chromium'])
}

const HOW = `No browser found that takes an unpacked extension from the command line.
Install Chromium, or Chrome for Testing (https://googlechromelabs.github.io/chrome-for-testing/), and say where it is:
  CHROME_PATH=/path/to/chrome npm run demo
Google Chrome itself will not do: since version 137 it ignores --load-extension.`

/** The path of a browser for demo and tests; installs one on Debian and Ubuntu, else says what to do. */
export async function findChromium(): Promise<string> {
  if (!installed() && mayInstall()) install()
  const path = installed()
  if (!path || !existsSync(path)) throw new Error(HOW)
  return path
}
